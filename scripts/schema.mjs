// Schemas of any size to measure with, made by the benchmarks' own generator and kept between scripts of one run.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where measuring leaves its files. */
export const WORK = "test-results/frames";

/** The path of an SQL file with so many tables. */
export function schemaFile(tables) {
  mkdirSync(WORK, { recursive: true });
  const file = join(WORK, `${tables}.sql`);
  const asked = ["bench", "--quiet", "--bench", "relata", "--", "schema", String(tables)];
  writeFileSync(file, execFileSync("cargo", asked, { maxBuffer: 1 << 28 }));
  return file;
}
