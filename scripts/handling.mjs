// What a hand does to a large design in a real browser: `node scripts/handling.mjs [FOLDER [FILE.sql…]]`. Fifty tables dragged
// at once, and an edit in the inspector until the picture shows it. Events come at 60 a second, whatever the page does.

import { basename } from "node:path";
import { chromium } from "@playwright/test";
import { FLAGS, installedChromium } from "./browser.mjs";
import { schemaFile } from "./schema.mjs";
import { serve } from "./serve.mjs";

const [dist = "dist", ...files] = process.argv.slice(2);
const FIFTY = 50;
const STEPS = 60;
const EDITS = 6;
const id = (name) => `[data-testid="${name}"]`;

console.log(`\n${"handling, ms, no GPU".padEnd(42)}${"p50".padStart(9)}${"p95".padStart(9)}`);
for (const file of files.length ? files : [100, 500, 1000, 2000].map(schemaFile)) await measure(file);

async function measure(file) {
  const { address, close } = await serve(dist);
  const browser = await chromium.launch({ executablePath: installedChromium(), args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const name = basename(file, ".sql");
  await page.goto(address);
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
  await page.locator(id("step-diagram")).click();
  await page.locator(id("open-file")).setInputFiles(file);
  await page.locator(id("import-report")).waitFor({ timeout: 60_000 });
  await page.locator(`${id("saved")}[data-state="saved"]`).waitFor({ state: "attached" });
  await page.waitForTimeout(3000);
  console.log(row(`edit to picture, ${name} tables`, ...spread(await edits(page))));
  console.log(row(`fifty dragged, ${name} tables, all in view`, ...spread(await drag(page))));
  await browser.close();
  await close();
}

/** How long a new column takes to stand in its card, from the key that ends it to the frame after. */
async function edits(page) {
  await page.locator(id("zoom-100")).click();
  await page.waitForTimeout(600);
  const card = await page.evaluate((table) => {
    const middle = [...document.querySelectorAll(table)].map((it) => it.getBoundingClientRect());
    const inside = (it) => it.x > 350 && it.right < 1050 && it.y > 160 && it.y < 600;
    const found = middle.find(inside);
    return found && { x: found.x + found.width / 2, y: found.y + 14 };
  }, id("table"));
  if (!card) return [];
  await page.mouse.click(card.x, card.y);
  const field = page.locator(id("add-column"));
  const times = [];
  for (let turn = 0; turn < EDITS; turn++) {
    const column = `measured_${turn}`;
    await field.fill(`${column}:text`);
    const taken = page.evaluate(({ table, column }) => new Promise((resolve) => {
      let began = 0;
      const watch = new MutationObserver(() => {
        const cards = [...document.querySelectorAll(`${table}`)];
        const count = (it) => Number(/(\d+) columns/.exec(it.getAttribute("aria-label"))?.[1]);
        if (began && cards.some((it) => it.textContent.includes(column) || count(it) !== before.get(it.dataset.name))) {
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
        }
      });
      const before = new Map([...document.querySelectorAll(table)].map((it) => [
        it.dataset.name, Number(/(\d+) columns/.exec(it.getAttribute("aria-label"))?.[1]),
      ]));
      watch.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true, attributes: true });
      addEventListener("keydown", () => { began = performance.now(); }, { capture: true, once: true });
    }), { table: id("table"), column });
    await field.press("Enter");
    times.push(await taken);
    await page.waitForTimeout(700);
  }
  return times;
}

/** Frame times while about fifty tables, chosen with a lasso, follow the pointer. */
async function drag(page) {
  await page.locator(id("fit")).click();
  await page.waitForTimeout(2500);
  const plan = await page.evaluate(({ table, canvas, wanted }) => {
    const area = document.querySelector(canvas).getBoundingClientRect();
    const boxes = [...document.querySelectorAll(table)].map((it) => it.getBoundingClientRect());
    const free = (x, y) => boxes.every((it) => x < it.left - 3 || x > it.right + 3 || y < it.top - 3 || y > it.bottom + 3);
    let best;
    for (let y = area.top + 60; y < area.bottom - 60; y += 12) {
      for (let x = area.left + 20; x < area.right - 60; x += 12) {
        if (!free(x, y)) continue;
        for (let size = 60; size < 900; size += 30) {
          const [right, bottom] = [Math.min(x + size * 1.4, area.right - 8), Math.min(y + size, area.bottom - 8)];
          const held = boxes.filter((it) => it.left < right && it.right > x && it.top < bottom && it.bottom > y);
          const off = Math.abs(held.length - wanted);
          if (held.length && (!best || off < best.off)) {
            const one = held[Math.floor(held.length / 2)];
            best = { off, from: [x, y], to: [right, bottom], at: [one.x + one.width / 2, one.y + one.height / 2] };
          }
        }
      }
    }
    return best;
  }, { table: id("table"), canvas: id("canvas"), wanted: FIFTY });
  if (!plan) return [];
  await page.mouse.move(...plan.from);
  await page.mouse.down();
  await page.mouse.move(...plan.to, { steps: 4 });
  await page.mouse.up();
  await page.waitForTimeout(400);
  await page.mouse.move(...plan.at);
  await page.mouse.down();
  await page.evaluate(() => {
    const frames = (window.measuredFrames = []);
    const tick = (now) => {
      frames.push(now);
      if (window.measuredFrames) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const began = performance.now();
  const sent = [];
  for (let step = 1; step <= STEPS; step++) {
    const wait = began + (step * 1000) / 60 - performance.now();
    if (wait > 1) await page.waitForTimeout(wait);
    const turn = (2 * Math.PI * step) / STEPS;
    sent.push(page.mouse.move(plan.at[0] + 120 * Math.sin(turn), plan.at[1] + 60 * (1 - Math.cos(turn))));
  }
  await Promise.all(sent);
  const frames = await page.evaluate(() => {
    const frames = window.measuredFrames;
    window.measuredFrames = null;
    return frames;
  });
  await page.mouse.up();
  return frames.slice(1).map((it, at) => it - frames[at]);
}

function spread(times) {
  const sorted = [...times].sort((one, two) => one - two);
  return [0.5, 0.95].map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]?.toFixed(1));
}

function row(name, ...figures) {
  return `  ${name.padEnd(40)}${figures.map((it) => String(it ?? "-").padStart(9)).join("")}`;
}
