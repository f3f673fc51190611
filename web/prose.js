// How Markdown is read, for the headings and lists of a brief.

import { defineLanguageFacet, Language } from "@codemirror/language";
import { parser } from "@lezer/markdown";

export const markdown = () => new Language(defineLanguageFacet(), parser, [], "markdown").extension;
