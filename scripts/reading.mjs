// The reader of briefs in the page's worker against the command: `node scripts/reading.mjs [FOLDER] [COMMAND]`. Every brief
// among the tests must give the same reading in both, then a text of 5,000 words must become a proposal in time.
// FOLDER is a built page, COMMAND a built `relata`.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { FLAGS, installedChromium } from "./browser.mjs";
import { serve } from "./serve.mjs";

const BRIEFS = "tests/data/brief";
const WORDS = 5000;
const RUNS = 12;
const LIMIT = 100;

const folder = process.argv[2] ?? "dist";
const command = process.argv[3] ?? "target/debug/relata";

const files = readdirSync(BRIEFS, { recursive: true })
  .filter((it) => it.endsWith(".md"))
  .sort()
  .map((it) => join(BRIEFS, it));
const texts = files.map((it) => readFileSync(it, "utf8"));

const { address, close } = await serve(folder);
const browser = await chromium.launch({ executablePath: installedChromium(), args: FLAGS });
const page = await browser.newPage();
await page.goto(address);
await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
await page.evaluate(start);

const differ = [];
for (const [at, text] of texts.entries()) {
  const there = JSON.parse(await page.evaluate(read, text)).Read;
  const here = JSON.parse(execFileSync(command, ["entities", "--json", files[at]], { encoding: "utf8", maxBuffer: 1 << 26 }));
  if (JSON.stringify(there) !== JSON.stringify(here)) differ.push(files[at]);
}
console.log(`${texts.length - differ.length} of ${texts.length} briefs are read alike by the worker and the command`);
for (const file of differ) console.log(`  differs: ${file}`);

const long = ofWords(texts.join("\n\n"), WORDS);
const readings = await page.evaluate(measure, [long, RUNS, false]);
const proposals = await page.evaluate(measure, [long, RUNS, true]);
const least = Math.min(...proposals);
console.log(`${WORDS} words read in the worker: ${Math.min(...readings).toFixed(0)} ms at best of ${RUNS}`);
console.log(`and to a proposal: ${least.toFixed(0)} ms (bar ${LIMIT}), the first ${proposals[0].toFixed(0)} ms`);

await browser.close();
await close();
process.exit(differ.length > 0 || least > LIMIT ? 1 : 0);

function ofWords(text, count) {
  const ends = [...text.matchAll(/\S+/g)];
  const last = ends[Math.min(count, ends.length) - 1];
  return text.slice(0, last.index + last[0].length);
}

/** In the page: starts a worker of its own, as the page does. */
async function start() {
  const name = document.querySelector("meta[name=relata-worker]").content;
  const at = new URL("js/engine-worker.js", location.href);
  at.searchParams.set("module", new URL(name, location.href).href);
  const worker = new Worker(at, { type: "module" });
  const waiting = new Map();
  await new Promise((ready) => {
    worker.onmessage = ({ data }) => {
      if (data === "ready") return ready();
      const [id, answer] = data;
      if (answer === null) return;
      waiting.get(id)(answer);
      waiting.delete(id);
    };
  });
  let last = 0;
  globalThis.askWorker = (job) =>
    new Promise((answered) => {
      last += 1;
      waiting.set(last, answered);
      worker.postMessage([last, JSON.stringify(job)]);
    });
}

/** In the page: what the worker answers. */
function read(text) {
  return globalThis.askWorker({ Read: { text } });
}

/** In the page: how long some answers take. */
async function measure([text, runs, isProposed]) {
  const times = [];
  const design = { next_id: 4, lane: null, records: [] };
  const choices = { entities: [], attributes: [], relationships: [], demands: [], answers: {} };
  for (let at = 0; at < runs; at += 1) {
    const began = performance.now();
    // The worker keeps the reading of a text that it has read: each run has one of its own.
    const own = `${isProposed ? "Draft" : "Version"} ${at}.\n\n${text}`;
    const job = isProposed
      ? { Propose: { design, brief: 1, text: own, choices, only: null } }
      : { Read: { text: own } };
    const answer = await globalThis.askWorker(job);
    if (!answer.startsWith(isProposed ? '{"Proposed"' : '{"Read"')) throw new Error(answer.slice(0, 200));
    times.push(performance.now() - began);
  }
  return times;
}
