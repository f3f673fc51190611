// Frame times of the diagram in a real browser: `node scripts/frames.mjs [FOLDER]`. Driven by a measuring set that
// stands beside the project (RELATA_FRAMES names another place); without it there is nothing to run, and this says so.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedChromium } from "./browser.mjs";

const dist = process.argv[2] ?? "dist";
const set = process.env.RELATA_FRAMES ?? "../shared/check/frames";
const work = "test-results/frames";

if (!existsSync(join(set, "frames.mjs"))) {
  console.log(`\nframe times: not measured, there is no ${join(set, "frames.mjs")}`);
  process.exit(0);
}

mkdirSync(work, { recursive: true });
console.log(`\n${"frame times, ms, no GPU".padEnd(42)}${"p50".padStart(9)}${"p95".padStart(9)}`);
for (const tables of [200, 1000]) {
  const [sql, json] = [join(work, `${tables}.sql`), join(work, `${tables}.json`)];
  const schema = ["bench", "--quiet", "--bench", "relata", "--", "schema", String(tables)];
  writeFileSync(sql, execFileSync("cargo", schema, { maxBuffer: 1 << 28 }));
  const asked = ["--adapter", "relata", "--dist", dist, "--sql", sql, "--tables", String(tables), "--json", json];
  const env = { ...process.env, CHROMIUM: installedChromium() };
  execFileSync("node", [join(set, "frames.mjs"), ...asked, "--shots", work], { env, stdio: ["ignore", "ignore", "inherit"] });
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
}

function row(name, ...figures) {
  return `  ${name.padEnd(40)}${figures.map((it) => String(it ?? "-").padStart(9)).join("")}`;
}
