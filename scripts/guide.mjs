// The guide of docs/guide.md as a page of its own, for the page's help: headings, paragraphs, pictures, code and links.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const words = (text) =>
  escape(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\*([^*]+)\*/g, "<em>$1</em>");

/** Writes guide.html and its pictures into a folder. */
export function writeGuide(out) {
  const blocks = readFileSync("docs/guide.md", "utf8").trim().split(/\n\n+/);
  mkdirSync(join(out, "guide"), { recursive: true });
  const body = blocks.flatMap((block) => block.split(/(?<=^#.*)\n/m)).map((block) => {
    const heading = block.match(/^(#+) (.*)$/);
    if (heading) return `<h${heading[1].length}>${words(heading[2])}</h${heading[1].length}>`;
    const picture = block.match(/^!\[([^\]]*)\]\(([^)]+)\)$/);
    if (picture) {
      const name = basename(picture[2]);
      copyFileSync(join("docs", picture[2]), join(out, "guide", name));
      return `<img src="guide/${name}" alt="${escape(picture[1])}" loading="lazy">`;
    }
    if (block.startsWith("    ")) return `<pre>${escape(block.replace(/^ {4}/gm, ""))}</pre>`;
    return `<p>${words(block.replaceAll("\n", " "))}</p>`;
  });
  writeFileSync(join(out, "guide.html"), `${HEAD}${body.join("\n")}\n</main>\n`);
}

const HEAD = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>A guide to Relata</title>
<style>
  body { margin: 0; background: Canvas; color: CanvasText; font: 16px/1.55 "IBM Plex Sans", system-ui, sans-serif; }
  main { max-width: 46rem; margin: auto; padding: 2rem 1rem 4rem; }
  img { max-width: 100%; height: auto; border: 1px solid color-mix(in srgb, CanvasText 25%, transparent); border-radius: 6px; }
  pre, code { font-family: "IBM Plex Mono", ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; white-space: pre-wrap; }
</style>
<main>
`;
