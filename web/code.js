// What an editor needs for writing, searching and code: loaded when a text is code or takes the focus, so that the first
// screen need not wait for it.

import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

import { dbml } from "./dbml.js";
import { dialect } from "./dialect.js";

export { setDiagnostics };

const coloured = (language) => [language, syntaxHighlighting(classHighlighter)];

/** The languages that are code. */
export const LANGUAGES = {
  sql: () => coloured(dialect.language),
  json: () => coloured(json().language),
  dbml: () => coloured(dbml.language),
};

/** Makes a change a step of its own in the history. */
export const isolated = [isolateHistory.of("full")];

/** For every text. */
export const extras = (tabIndents) => [
  history(),
  keymap.of([...defaultKeymap, ...historyKeymap, ...(tabIndents ? [indentWithTab] : [])]),
  bracketMatching(),
  highlightSelectionMatches(),
  search({ top: true }),
  keymap.of([...searchKeymap, ...lintKeymap]),
];
