// The critic in the page's worker: `node scripts/critic.mjs [FOLDER [FILE.sql…]]`. How long the worker takes to look at a whole design,
// and once more after one edit, from the message to its answer. FOLDER is a built page.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { chromium } from "@playwright/test";
import { FLAGS, installedChromium } from "./browser.mjs";
import { schemaFile } from "./schema.mjs";
import { serve } from "./serve.mjs";

const [folder = "dist", ...files] = process.argv.slice(2);
const RUNS = 25;

const { address, close } = await serve(folder);
const browser = await chromium.launch({ executablePath: installedChromium(), args: FLAGS });
console.log(`\n${"critic in the worker, ms".padEnd(48)}${"best".padStart(8)}${"median".padStart(8)}${"first".padStart(8)}`);
for (const file of files.length ? files : [1000, 2000].map(schemaFile)) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  const times = await page.evaluate(measure, [basename(file), readFileSync(file, "utf8"), RUNS]);
  for (const [what, all] of times) console.log(row(`${what}, ${basename(file, ".sql")}`, all));
  await page.close();
}
await browser.close();
await close();

function row(what, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const shown = [sorted[0], sorted[sorted.length >> 1], times[0]];
  return what.padEnd(48) + shown.map((it) => it.toFixed(1).padStart(8)).join("");
}

/** In the page: what one schema takes, run after run. */
async function measure([name, sql, runs]) {
  const module = document.querySelector("meta[name=relata-worker]").content;
  const at = new URL("js/engine-worker.js", location.href);
  at.searchParams.set("module", new URL(module, location.href).href);
  const worker = new Worker(at, { type: "module" });
  const waiting = new Map();
  await new Promise((ready) => {
    worker.onmessage = ({ data }) => {
      if (data === "ready") return ready();
      const [id, answer, ...records] = data;
      const asked = waiting.get(id);
      asked.records.push(...records);
      if (answer === null) return;
      const said = JSON.parse(answer);
      if (said.Failed) asked.failed(new Error(said.Failed));
      else asked.answered({ answer: said, records: asked.records });
    };
  });
  let last = 0;
  const ask = (job, ...bytes) =>
    new Promise((answered, failed) => {
      last += 1;
      waiting.set(last, { answered, failed, records: [] });
      worker.postMessage([last, job, ...bytes]);
    });
  const open = () => ask(JSON.stringify({ Open: { names: [name] } }), new TextEncoder().encode(sql));
  const opened = await open();
  const [next_id, records] = [opened.answer.Opened.next_id, opened.records];
  const design = () => `{"next_id":${next_id},"lane":null,"records":[${records.join(",")}]}`;
  const took = async (job) => {
    const began = performance.now();
    await ask(job());
    return performance.now() - began;
  };
  // A person pauses before whole designs; meanwhile the worker gives back what it had of the one before.
  const pause = () => new Promise((done) => setTimeout(done, 60));
  const repeated = async (job, before = () => {}) => {
    const times = [];
    for (let run = 0; run < runs; run += 1) {
      await before();
      times.push(await took(job));
    }
    return times;
  };
  const tables = records.filter((it) => it.startsWith('{"table":')).map((it) => JSON.parse(it));
  let turn = 0;
  // Another table each time, and another name for its last column.
  const edited = () => {
    const record = tables[(turn * 37) % tables.length];
    const column = record.table.columns.at(-1);
    column.name = `${column.name.replace(/_\d+$/, "")}_${turn++}`;
    return JSON.stringify([[record.table.id, record]]);
  };
  // The same hand-over without a look: what is left of the next ones is the critic's.
  const handed = await repeated(() => `{"Types":{"design":${design()}}}`, pause);
  const marked = await repeated(() => `{"Lint":{"design":${design()},"marks":true}}`, pause);
  const looked = await repeated(() => `{"Lint":{"design":${design()}}}`, pause);
  // What the worker has opened it need not be given.
  let number = 0;
  const kept = await repeated(
    () => `{"LintAgain":{"opened":${number},"changed":[],"marks":true}}`,
    async () => {
      number = (await open()).answer.Opened.number;
      await pause();
    },
  );
  const again = await repeated(() => `{"LintAgain":{"changed":${edited()},"marks":true}}`);
  const told = await repeated(() => `{"LintAgain":{"changed":${edited()}}}`);
  return [
    ["design handed over, its types told", handed],
    ["design handed over, all rules, marks told", marked],
    ["design handed over, all rules, all told", looked],
    ["design opened by the worker, all rules, marks", kept],
    ["after an edit, marks told", again],
    ["after an edit, all told", told],
  ];
}
