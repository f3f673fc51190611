// What a first visit weighs: `node scripts/weigh.mjs [FOLDER]`. Every file of the site under brotli 11, as a good
// host sends it, but PGlite, which is loaded when a person first runs the SQL.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const LIMIT = 900 * 1024;
const folder = process.argv[2] ?? "dist";

const isDatabase = (name) => name.startsWith("js/pglite/") || name === "js/database-worker.js";
/** Read by the service worker, the launcher or the host, never by the first screen. */
const isAside = (name) => name === "sw.js" || /^icons\/.*\.png$/.test(name);

const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((it) => it.isFile())
  .map((it) => join(it.parentPath ?? it.path, it.name).slice(folder.length + 1))
  .filter((it) => !isDatabase(it) && !isAside(it));

const sizes = names.map((name) => ({ name, bytes: weigh(readFileSync(join(folder, name))) }));
sizes.sort((one, two) => two.bytes - one.bytes);
const total = sizes.reduce((sum, it) => sum + it.bytes, 0);

console.log("\nfirst load, brotli 11, all but PGlite");
for (const { name, bytes } of sizes.filter((it) => it.bytes >= 1024)) console.log(row(name, bytes));
console.log(row("in all", total));
console.log(row("bar", LIMIT));

function weigh(content) {
  const packed = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return Math.min(packed.length, content.length);
}

function row(name, bytes) {
  return `  ${name.padEnd(56)}${(bytes / 1024).toFixed(1).padStart(9)} KB`;
}
