// The browser tests: `make e2e`, after `make dist`. RELATA_CHROMIUM names another Chromium.

import { defineConfig } from "@playwright/test";
import { installedChromium } from "./scripts/browser.mjs";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A first start of PGlite takes seconds, on a busy machine with two cores some more.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A test that fails once and then holds is told as flaky, by name.
  retries: 1,
  reporter: "line",
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    trace: "on-first-retry",
    launchOptions: {
      executablePath: installedChromium(),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Chromium refuses its sandbox to root, as whom containers often run.
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    },
  },
});
