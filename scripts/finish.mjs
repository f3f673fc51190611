// Trunk's post-build hook: makes scripts and styles small, writes the content security policy into index.html, and the
// service worker with the list of every file and its hash.

import { createHash } from "node:crypto";
import { transformSync } from "esbuild";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const out = process.env.TRUNK_STAGING_DIR ?? "dist";

/** Files that a host reads but the page never asks for. */
const UNSERVED = new Set(["sw.js", "robots.txt"]);

const page = join(out, "index.html");
const isRelease = process.env.TRUNK_PROFILE === "release";
const html = readFileSync(page, "utf8");
writeFileSync(page, withPolicy(withWorker(isRelease ? withSmall(html) : html)));

if (isRelease) {
  const list = files(out).filter((it) => !UNSERVED.has(it));
  const hashed = list.map((it) => [it, createHash("sha256").update(readFileSync(join(out, it))).digest("hex")]);
  const template = readFileSync("web/service-worker.js", "utf8");
  writeFileSync(join(out, "sw.js"), `const FILES = ${JSON.stringify(hashed, null, 1)};\n${template}`);
}

/** Trunk gives a worker's module no hash, so a page could start that of another version: it gets one here. */
function withWorker(html) {
  const [script, module] = [join(out, "relata-worker.js"), join(out, "relata-worker_bg.wasm")];
  if (!existsSync(script)) return html;
  const hash = createHash("sha256").update(readFileSync(script)).update(readFileSync(module)).digest("hex").slice(0, 16);
  renameSync(script, join(out, `relata-worker-${hash}.js`));
  renameSync(module, join(out, `relata-worker-${hash}_bg.wasm`));
  const marked = html.replace(/(<meta name="relata-worker" content=")[^"]*"/, `$1relata-worker-${hash}"`);
  if (marked === html) throw new Error("index.html does not name the worker");
  return marked;
}

/**
 * The scripts of wasm-bindgen without comments and blanks, and all styles as one file: six kilobytes of a first visit. Names tell
 * the new content. What the page says of its own files' hashes goes: they come from the same address as the page.
 */
function withSmall(html) {
  const small = (name, loader) => transformSync(readFileSync(join(out, name), "utf8"), { loader, minify: true }).code;
  const named = (code) => createHash("sha256").update(code).digest("hex").slice(0, 16);
  const scripts = files(out).filter((it) => /^(relata.*|snippets\/.*)\.js$/.test(it));
  for (const name of scripts) {
    const code = small(name, "js");
    rmSync(join(out, name));
    // The worker's is named with its module, what others import by its path stays where it is.
    const is = html.includes(name) && !name.startsWith("snippets/") ? `relata-${named(code)}.js` : name;
    writeFileSync(join(out, is), code);
    html = html.replaceAll(name, is);
  }
  const link = /<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\s*/g;
  const styles = [...html.matchAll(link)].map((it) => it[1]);
  const style = styles.map((it) => small(it, "css")).join("");
  for (const it of styles) rmSync(join(out, it));
  const name = `style-${named(style)}.css`;
  writeFileSync(join(out, name), style);
  let isFirst = true;
  html = html.replace(link, () => {
    const one = isFirst ? `<link rel="stylesheet" href="./${name}">\n` : "";
    isFirst = false;
    return one;
  });
  return html.replace(/ integrity="[^"]*"/g, "");
}

/**
 * Scripts are ours alone, named by hash where they stand in the page (Trunk writes one). Styles may be inline: the
 * diagram and the editor set them. Connections may go anywhere, since a person may name any language model.
 */
function withPolicy(html) {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map((it) => it[1]);
  const hashes = inline.map((it) => `'sha256-${createHash("sha256").update(it).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}`.trimEnd(),
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src *",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const marked = html.replace('content="POLICY"', `content="${policy}"`);
  if (marked === html && !html.includes("default-src 'none'")) throw new Error("index.html has no place for the policy");
  return marked;
}

function files(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((it) => it.isFile()).map((it) => relative(folder, join(it.parentPath ?? it.path, it.name)));
  return paths.map((it) => it.split(sep).join("/")).sort();
}
