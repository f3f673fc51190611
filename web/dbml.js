// DBML for the editor's highlighting. Source of the words: https://dbml.dbdiagram.io/docs

import { StreamLanguage } from "@codemirror/language";

const BLOCKS = /^(project|table|tablepartial|tablegroup|enum|ref|note|records|indexes|checks|as)\b/i;
const SETTINGS = /^(pk|primary key|not null|null|unique|increment|default|note|ref|check|type|name|delete|update|cascade|restrict|set null|set default|no action|true|false)\b/i;

/** DBML as the editor colours it. */
export const dbml = StreamLanguage.define({
  startState: () => ({ open: null, depth: 0 }),
  token(stream, state) {
    if (state.open) {
      if (stream.skipTo(state.open)) {
        stream.match(state.open);
        state.open = null;
      } else stream.skipToEnd();
      return state.kind;
    }
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    for (const [sign, end, kind] of [["/*", "*/", "comment"], ["'''", "'''", "string"]]) {
      if (stream.match(sign)) {
        Object.assign(state, { open: end, kind });
        return kind;
      }
    }
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/)) return "string";
    if (stream.match(/^`[^`]*`?/)) return "string";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "variableName";
    if (stream.match(/^-?\d+(\.\d+)?/)) return "number";
    if (stream.match("[")) {
      state.depth += 1;
      return null;
    }
    if (stream.match("]")) {
      state.depth -= 1;
      return null;
    }
    if (stream.match(state.depth > 0 ? SETTINGS : BLOCKS)) return "keyword";
    if (stream.match(/^\w+/)) return null;
    stream.next();
    return null;
  },
});
