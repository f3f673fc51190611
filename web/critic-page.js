// Markdown of a rule's page, as the engine writes it: headings, paragraphs, lists, code in fences and in lines.

export function page(text) {
  const out = document.createElement("div");
  out.className = "critic__page";
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const heading = /^(#+) (.*)/.exec(line);
    if (line.startsWith("```")) {
      const code = [];
      while (++at < lines.length && !lines[at].startsWith("```")) code.push(lines[at]);
      const pre = document.createElement("pre");
      pre.textContent = code.join("\n").trimEnd();
      pre.tabIndex = 0;
      out.append(pre);
    } else if (heading) {
      out.append(inline(document.createElement(heading[1].length === 1 ? "h4" : "h5"), heading[2]));
    } else if (/^[-*] /.test(line)) {
      const list = document.createElement("ul");
      for (; at < lines.length && /^([-*] | {2,}\S)/.test(lines[at]); at++) {
        if (/^[-*] /.test(lines[at])) list.append(inline(document.createElement("li"), lines[at].slice(2)));
        else inline(list.lastChild, ` ${lines[at].trim()}`);
      }
      at--;
      out.append(list);
    } else if (line.trim()) {
      const words = [line.trim()];
      while (lines[at + 1]?.trim() && !/^(#|```|[-*] )/.test(lines[at + 1])) words.push(lines[++at].trim());
      out.append(inline(document.createElement("p"), words.join(" ")));
    }
  }
  return out;
}

/** Adds a line to an element: what stands between backticks as code. */
export function inline(element, text) {
  text.split("`").forEach((it, at) => {
    if (at % 2 === 0) return element.append(it);
    const code = document.createElement("code");
    code.textContent = it;
    element.append(code);
  });
  return element;
}
