// DBML for the editor's highlighting, as a dialect of SQL: comments, texts and words are enough for it. Words are shown alike
// wherever they stand, so not `name` and `type`. Source of the words: https://dbml.dbdiagram.io/docs

import { SQLDialect } from "@codemirror/lang-sql";

/** DBML as the editor colours it. */
export const dbml = SQLDialect.define({
  keywords: `project table tablepartial tablegroup enum ref records indexes checks as pk primary key not null unique
    increment default delete update cascade restrict set no action true false`.replace(/\s+/g, " "),
  slashComments: true,
  identifierQuotes: '"`',
  specialVar: "",
});
