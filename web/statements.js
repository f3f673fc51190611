// A script of SQL cut into its statements, by the rules of psql's own scanner (psqlscan.l).

const BLANK = /(?:[\s\ufeff]|--[^\n]*)+/y;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const DOLLAR = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const ROUTINE = /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\b/i;
const COMMENTS = /--[^\n]*|\/\*[^]*?\*\//g;

/** The statements of a script in order: `{from, to}` in UTF-16 units, the semicolon not included. */
export function statements(script) {
  const found = [];
  let at = 0;
  for (;;) {
    at = skipBlank(script, at);
    if (at >= script.length) return found;
    const to = endOfStatement(script, at);
    if (to > at) found.push({ from: at, to });
    at = to + 1;
  }
}

function skipBlank(text, from) {
  let at = from;
  for (;;) {
    if (text.startsWith("/*", at)) at = endOfComment(text, at);
    else if (match(BLANK, text, at)) at = BLANK.lastIndex;
    else return at;
  }
}

function endOfStatement(text, from) {
  let parentheses = 0;
  let blocks = 0;
  let makesRoutine = null;
  for (let at = from; at < text.length; ) {
    const sign = text[at];
    if (sign === ";" && parentheses <= 0 && blocks <= 0) return at;
    if (sign === "'") at = endOfQuoted(text, at, false);
    else if (sign === '"') at = endOfQuoted(text, at, false);
    else if (sign === "$") at = endOfDollarQuoted(text, at);
    else if (text.startsWith("--", at)) at = endOfLine(text, at);
    else if (text.startsWith("/*", at)) at = endOfComment(text, at);
    else if (match(WORD, text, at)) {
      const end = WORD.lastIndex;
      const word = text.slice(at, end).toLowerCase();
      at = end;
      if (word === "e" && text[end] === "'") at = endOfQuoted(text, end, true);
      // Only a routine's body in SQL, BEGIN ATOMIC … END, holds bare semicolons.
      else if (word === "begin" || (word === "case" && blocks > 0)) {
        makesRoutine ??= ROUTINE.test(text.slice(from, from + 200).replace(COMMENTS, " "));
        if (makesRoutine) blocks += 1;
      } else if (word === "end" && blocks > 0) blocks -= 1;
    } else {
      if (sign === "(") parentheses += 1;
      if (sign === ")") parentheses -= 1;
      at += 1;
    }
  }
  return text.length;
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function endOfLine(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** Block comments nest. */
function endOfComment(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    if (text.startsWith("/*", at)) [depth, at] = [depth + 1, at + 2];
    else if (text.startsWith("*/", at)) [depth, at] = [depth - 1, at + 2];
    else at += 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** A doubled quote needs no care: it closes one piece and opens the next. */
function endOfQuoted(text, from, escapes) {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (escapes && text[at] === "\\") at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function endOfDollarQuoted(text, from) {
  if (!match(DOLLAR, text, from)) return from + 1;
  const tag = text.slice(from, DOLLAR.lastIndex);
  const end = text.indexOf(tag, DOLLAR.lastIndex);
  return end < 0 ? text.length : end + tag.length;
}
