// How Markdown is read, for the headings and lists of a brief.

import { defineLanguageFacet, Language, syntaxHighlighting } from "@codemirror/language";
import { Parser } from "@lezer/common";
import { classHighlighter } from "@lezer/highlight";
import { parser } from "@lezer/markdown";

/** A line of so many quotes and list marks is no brief; the colouring of what they nest in would exhaust the stack. */
const DEEP = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])){100}/m;

const flat = parser.configure({ remove: ["Blockquote", "BulletList", "OrderedList"] });

class Shallow extends Parser {
  createParse(input, fragments, ranges) {
    if (DEEP.test(input.read(0, input.length))) return flat.createParse(input, [], ranges);
    return parser.createParse(input, fragments, ranges);
  }
}

export const markdown = () => [
  new Language(defineLanguageFacet(), new Shallow(), [], "markdown").extension,
  syntaxHighlighting(classHighlighter),
];
