// What an editor needs for writing, searching and code: loaded when a text is code or takes the focus, so that the first
// screen need not wait for it.

import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

import { dbml } from "./dbml.js";
import { dialect } from "./dialect.js";
import { say } from "./texts.js";

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
  EditorState.phrases.of(phrases()),
  keymap.of([...searchKeymap, ...lintKeymap]),
];

/** What the search says, by the names that the editor has for it. */
const phrases = () => ({
  Find: say("editor-find"),
  Replace: say("editor-replace-with"),
  next: say("editor-next"),
  previous: say("editor-previous"),
  all: say("editor-all"),
  "match case": say("editor-case"),
  regexp: say("editor-regexp"),
  "by word": say("editor-word"),
  replace: say("editor-replace"),
  "replace all": say("editor-replace-all"),
  close: say("editor-close"),
});
