// What a first visit weighs: `node scripts/weigh.mjs [FOLDER]`. Every file that a real browser asks for until the page
// can be used, and four seconds more, under brotli 11 as a good host sends it. What comes later comes when it is
// needed, or quietly by the service worker for the day without a network; it is told of below, with what the reader of briefs
// weighs by itself, where it has been built.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "@playwright/test";
import { FLAGS, installedChromium } from "./browser.mjs";
import { serve } from "./serve.mjs";

const LIMIT = 900 * 1024;
const READER = "target/wasm32-unknown-unknown/page/relata-reader.wasm";
const READER_LIMIT = 450 * 1024;
const folder = process.argv[2] ?? "dist";

const isDatabase = (name) => name.startsWith("js/pglite/") || name === "js/database-worker.js";

const asked = await firstVisit();
const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((it) => it.isFile())
  .map((it) => join(it.parentPath ?? it.path, it.name).slice(folder.length + 1));
// The first visit is told before the rest is weighed: PostgreSQL alone takes minutes to pack.
const first = weighed(names.filter((it) => asked.has(it)));
console.log("\nfirst load, brotli 11");
for (const { name, bytes } of first.filter((it) => it.bytes >= 1024)) console.log(row(name, bytes));
console.log(row("in all", sum(first)));
console.log(row("bar", LIMIT));
if (existsSync(READER)) {
  console.log("\nthe reader of briefs with its lexicon, built alone and made smaller as the page's worker is");
  console.log(row("in all", weigh(optimised(READER))));
  console.log(row("bar", READER_LIMIT));
}
const later = weighed(names.filter((it) => !asked.has(it) && !isDatabase(it)));
console.log("\nlater, when it is needed");
for (const { name, bytes } of later.filter((it) => it.bytes >= 1024)) console.log(row(name, bytes));
console.log(row("PostgreSQL with all its extensions", sum(weighed(names.filter(isDatabase)))));

/** A module as Trunk leaves the worker's: the options are those of index.html; names order the functions, and are left away then. */
function optimised(module) {
  const link = readFileSync("index.html", "utf8").match(/<link[^>]*data-bin="relata-worker"[^>]*>/s)?.[0] ?? "";
  const option = (name) => link.match(new RegExp(`data-wasm-opt${name}="([^"]*)"`))?.[1];
  const room = mkdtempSync(join(tmpdir(), "weigh-"));
  const out = join(room, "reader.wasm");
  execFileSync("node_modules/.bin/wasm-opt", [`-O${option("")}`, ...option("-params").split(" "), "--strip-debug", module, "-o", out]);
  const content = readFileSync(out);
  rmSync(room, { recursive: true });
  return content;
}

function weighed(some) {
  const sizes = some.map((name) => ({ name, bytes: weigh(readFileSync(join(folder, name))) }));
  return sizes.sort((one, two) => two.bytes - one.bytes);
}

/** The names of the files that the page asks for by itself. */
async function firstVisit() {
  const { address, close } = await serve(folder);
  const browser = await chromium.launch({ executablePath: installedChromium(), args: FLAGS });
  const page = await browser.newPage();
  const found = new Set();
  page.on("request", (it) => found.add(nameOf(it.url(), address)));
  await page.goto(address);
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  await page.waitForTimeout(4000);
  await browser.close();
  await close();
  return found;
}

function nameOf(url, address) {
  const { pathname } = new URL(url);
  return url.startsWith(address) ? pathname.slice(1) || "index.html" : url;
}

function weigh(content) {
  const packed = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return Math.min(packed.length, content.length);
}

function sum(list) {
  return list.reduce((total, it) => total + it.bytes, 0);
}

function row(name, bytes) {
  return `  ${name.padEnd(56)}${(bytes / 1024).toFixed(1).padStart(9)} KB`;
}
