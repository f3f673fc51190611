// Frame times of the diagram in a real browser: `node scripts/frames.mjs [FOLDER]`. Driven by a measuring set that
// stands beside the project (RELATA_FRAMES names another place); without it there is nothing to run, and this says so.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installedChromium } from "./browser.mjs";
import { WORK, schemaFile } from "./schema.mjs";

const dist = process.argv[2] ?? "dist";
const set = process.env.RELATA_FRAMES ?? "../shared/check/frames";

if (!existsSync(join(set, "frames.mjs"))) {
  console.log(`\nframe times: not measured, there is no ${join(set, "frames.mjs")}`);
  process.exit(0);
}

console.log(`\n${"frame times, ms, no GPU".padEnd(42)}${"p50".padStart(9)}${"p95".padStart(9)}`);
for (const tables of [100, 200, 500, 1000, 2000]) {
  const [sql, json] = [schemaFile(tables), join(WORK, `${tables}.json`)];
  const asked = ["--adapter", "relata", "--dist", dist, "--sql", sql, "--tables", String(tables), "--json", json];
  const env = { ...process.env, CHROMIUM: installedChromium() };
  execFileSync("node", [join(set, "frames.mjs"), ...asked, "--shots", WORK], { env, stdio: ["ignore", "ignore", "inherit"] });
  print(tables, JSON.parse(readFileSync(json, "utf8")));
}

function print(tables, measured) {
  if (measured.error) console.log(`  ${tables} tables: ${measured.error}`);
  const place = { near: "at 100 %", overview: "all in view" };
  for (const [key, where] of Object.entries(place)) {
    for (const [gesture, { p50, p95 }] of Object.entries(measured[key] ?? {})) {
      console.log(row(`${gesture}, ${tables} tables, ${where}`, p50, p95));
    }
  }
  console.log(row(`import to drawn, ${tables} tables`, measured.import_drawn_ms, ""));
  const { js_heap_mb: heap, renderer_pss_mb: all } = measured.memory ?? {};
  console.log(row(`memory, MB: scripts', the page's in all, ${tables} tables`, heap, all));
}

function row(name, ...figures) {
  return `  ${name.padEnd(40)}${figures.map((it) => String(it ?? "-").padStart(9)).join("")}`;
}
