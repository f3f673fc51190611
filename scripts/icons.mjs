// Draws the PNG icons in public/icons from mark.svg: `node scripts/icons.mjs`, after a change of the mark.

import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { installedChromium } from "./browser.mjs";

const mark = readFileSync("public/icons/mark.svg", "utf8");
// A launcher may cut a maskable icon to a circle of four fifths: the mark is smaller, its ground goes to the edge.
const maskable = mark
  .replace(/<rect width="64" height="64" rx="14"/, '<rect width="64" height="64"')
  .replace("<g ", '<g transform="translate(32 32) scale(0.72) translate(-32 -32)" ');

const browser = await chromium.launch({ executablePath: installedChromium(), args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const [name, svg, size] of [["icon-192", mark, 192], ["icon-512", mark, 512], ["icon-maskable-512", maskable, 512]]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  await page.screenshot({ path: `public/icons/${name}.png`, omitBackground: true });
}
await browser.close();
