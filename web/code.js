// What an editor needs for code and for searching: loaded when a text is code or takes the focus, so that the first
// screen need not wait for it.

import { json } from "@codemirror/lang-json";
import { bracketMatching } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { keymap } from "@codemirror/view";

import { dbml } from "./dbml.js";
import { dialect } from "./dialect.js";

export { setDiagnostics };

/** The languages that are code. */
export const LANGUAGES = { sql: () => dialect.language, json: () => json().language, dbml: () => dbml.language };

/** For every text. */
export const extras = () => [
  bracketMatching(),
  highlightSelectionMatches(),
  search({ top: true }),
  keymap.of([...searchKeymap, ...lintKeymap]),
];
