// Pictures of every step for the documentation: `node scripts/screens.mjs [FOLDER]` after `make dist`.
// Drives the page as a person would, from the first sample, and writes docs/screens/<step>-<size>-<theme>.png.

import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import { FLAGS, installedChromium } from "./browser.mjs";
import { serve } from "./serve.mjs";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const THEMES = ["light", "dark"];
const out = "docs/screens";

mkdirSync(out, { recursive: true });
const { address, close } = await serve(process.argv[2] ?? "dist");
const browser = await chromium.launch({ executablePath: installedChromium(), args: FLAGS });
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const theme of THEMES) await walk(size, viewport, theme);
}
await browser.close();
await close();

async function walk(size, viewport, theme) {
  const context = await browser.newContext({ viewport, colorScheme: theme, hasTouch: size === "phone", reducedMotion: "reduce" });
  const page = await context.newPage();
  const id = (name) => page.getByTestId(name);
  const shoot = async (name) => {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${out}/${name}-${size}-${theme}.png` });
  };
  const go = async (step) => {
    await id(`step-${step}`).click();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };

  const linked = () => page.waitForFunction(() => document.querySelector('[data-testid="share-link"]')?.value?.includes("#d="));

  await page.goto(address);
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  await shoot("start");
  await id("samples").getByRole("button").first().click();
  await id("found").getByTestId("entity").first().waitFor({ state: "attached" });
  await shoot("describe");
  if (size === "phone") {
    await page.getByRole("button", { name: /^Found/ }).click();
    await shoot("found");
  }
  await id("accept-all").click();
  await page.waitForFunction(() => Number(document.querySelector('[data-testid="table-count"]')?.textContent) > 0);
  await go("model");
  await shoot("model");
  await go("diagram");
  await id("table").first().waitFor();
  await shoot("diagram");
  await id("table").nth(2).click({ position: { x: 40, y: 8 }, force: true });
  await shoot("inspector");
  await go("sql");
  await id("sql").first().waitFor();
  await shoot("sql");
  await go("check");
  await id("run").click();
  await id("run-result").and(page.locator("[data-state=ok], [data-state=failed]")).waitFor({ timeout: 120_000 });
  await shoot("check");
  await go("ship");
  await linked();
  await shoot("ship");
  await go("diagram");
  await id("share").click();
  await linked();
  await shoot("share");
  await context.close();
}
