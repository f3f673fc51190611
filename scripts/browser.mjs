// Finds the Chromium that the browser tests run in, and fetches Playwright's own when there is none.
//   RELATA_CHROMIUM, then an installed one, then Playwright's.

import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A browser on its own: no sandbox that a container lacks, no GPU, no calls home. */
export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** Path of the Chromium to use; undefined means Playwright's own. */
export function installedChromium() {
  if (process.env.RELATA_CHROMIUM) return process.env.RELATA_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function main() {
  if (installedChromium()) return;
  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return;
  console.log("no Chromium is installed: fetching Playwright's own");
  execFileSync("playwright", ["install", "--with-deps", "chromium"], { stdio: "inherit" });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
