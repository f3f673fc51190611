// Pictures of every step for the documentation: `node scripts/screens.mjs [FOLDER]` after `make dist`.
// Drives the page as a person would, from the first sample, and writes docs/screens/<step>-<size>-<theme>.png.

import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import { FLAGS, installedChromium } from "./browser.mjs";
import { serve } from "./serve.mjs";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const THEMES = ["light", "dark"];
const out = "docs/screens";
const THINGS = ["purchase", "invoice", "customer", "product", "shipment", "payment", "address", "contract", "project", "ticket"];
const PARTS = ["", "_item", "_note", "_status", "_event", "_member", "_document", "_price", "_label", "_version"];

mkdirSync(out, { recursive: true });
const { address, close } = await serve(process.argv[2] ?? "dist");
const browser = await chromium.launch({ executablePath: installedChromium(), args: FLAGS });
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const theme of THEMES) await walk(size, viewport, theme);
  for (const tables of [30, 500]) await crowd(size, viewport, tables);
}
await browser.close();
await close();

/** So many tables that reference earlier ones, as a business of several branches may have them. */
function schema(count) {
  const names = Array.from({ length: count }, (_, at) => {
    const [thing, part] = [THINGS[at % 10], PARTS[Math.floor(at / 10) % 10]];
    return at < 100 ? `${thing}${part}` : `branch_${Math.floor(at / 100)}_${thing}${part}`;
  });
  const table = (name, at) => {
    const references = [at % 10, Math.floor(at / 2)].filter((to) => to < at);
    const columns = references.map((to, place) => `  ref_${place} bigint references ${names[to]} (id)`);
    return `create table ${name} (\n${["  id bigint primary key", "  label text not null", ...columns].join(",\n")}\n);`;
  };
  return Buffer.from(names.map(table).join("\n"));
}

/** A diagram of so many tables from afar, in a browser set to German. */
async function crowd(size, viewport, tables) {
  const context = await browser.newContext({ viewport, colorScheme: "light", locale: "de-DE", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  await page.getByTestId("open-file").setInputFiles({ name: "many.sql", mimeType: "text/plain", buffer: schema(tables) });
  await page.getByTestId("import-report").getByRole("button").first().click();
  await page.getByTestId("fit").click();
  // Names from afar are written once the view holds still.
  await page.waitForTimeout(800);
  await page.screenshot({ path: `${out}/diagram-${tables}-${size}.png` });
  await context.close();
}

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
  await id("as-sheet").click();
  await id("sheet").locator("tbody tr").first().waitFor();
  await shoot("sheet");
  await page.keyboard.press("Escape");
  await id("more").click();
  await id("menu").waitFor();
  await shoot("menu");
  await page.keyboard.press("Escape");
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
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    // The folder that the browser keeps for the page stands for the one that a person would choose.
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("designs", { create: true });
  });
  await id("designs").click();
  await id("folder-choose").click();
  await id("folder-put").click();
  await id("folder-file").waitFor();
  await shoot("designs");
  await context.close();
}
