// Files nested without end: the page's worker has a small stack, and what exhausts it would take the person's work along.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved } from "./workplace.mjs";

const TIMES = 10_000;
const nested = (open, inner, close) => open.repeat(TIMES) + inner + close.repeat(TIMES);

test("files nested without end are refused or read, and the open design stays", async ({ app }) => {
  test.setTimeout(180_000);
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const deep = [
    ["parentheses.sql", `create table a (x int check (${nested("(", "1 = 1", ")")}));`],
    ["operators.sql", `create view v as select ${nested("not ", "true", "")};`],
    ["queries.sql", `create view v as ${nested("select (", "select 1", ")")};`],
    ["comments.sql", nested("/*", " ", "*/")],
    ["blocks.dbml", nested("Table a {", "id int", "}")],
    ["model.prisma", `model A { id Int @default(${nested("f(", "1", ")")}) }`],
    ["schema.ts", `export const a = pgTable("a", ${nested("{ a: ", "1", "}")});`],
    ["list.relata.json", nested("[", "", "]")],
    ["catalog.json", `{"relata_catalog": 1, "tables": ${nested("[", "", "]")}}`],
    ["brief.md", nested("> ", "Tasks have a title.", "") + nested("- ", "a", "")],
  ];
  for (const [at, [name, text]] of deep.entries()) {
    await app
      .getByTestId("open-file")
      .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    // The worker answers, whatever it says: it goes on reading what comes next, which is not what is open already.
    const more = Array.from({ length: at + 1 }, (_, it) => `create table more_${it} (id int primary key);`);
    await openFile(app, "library.sql", SCHEMA + more.join("\n"), 4 + at);
  }
});
