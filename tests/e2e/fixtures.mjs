// What every browser test starts from: the built page, served from an address of its own and opened in a fresh profile.

import { test as base, expect } from "@playwright/test";
import { existsSync } from "node:fs";
import { serve } from "../../scripts/serve.mjs";

export { expect };

export const test = base.extend({
  /** The served site: `{address, stop()}`. Each worker has its own, so that stopping it disturbs no other test. */
  site: async ({}, use) => {
    if (!existsSync("dist/index.html")) throw new Error("dist/ is not built: run `make dist`");
    const { address, close } = await serve("dist");
    let isOpen = true;
    const stop = async () => {
      if (isOpen) await close();
      isOpen = false;
    };
    await use({ address, stop });
    await stop();
  },

  /** The page, ready to be used; any error that nobody caught fails the test. */
  app: async ({ page, site }, use) => {
    const problems = watch(page);
    await open(page, site.address);
    await use(page);
    expect(problems, "errors on the page").toEqual([]);
  },

  /** Opens an address in a profile that has never seen the site: `visit(address) → page`. */
  visit: async ({ browser, contextOptions }, use) => {
    const contexts = [];
    await use(async (address) => {
      const context = await browser.newContext({ ...contextOptions, viewport: { width: 1440, height: 900 } });
      contexts.push(context);
      const page = await context.newPage();
      await open(page, address);
      return page;
    });
    await Promise.all(contexts.map((it) => it.close()));
  },
});

/** Goes to an address and waits until the app can be used. */
export async function open(page, address) {
  await page.goto(address);
  await ready(page);
}

export async function ready(page) {
  await page.locator('html[data-ready="true"]').waitFor({ state: "attached" });
}

/** Waits until the service worker has everything, so that the page works without a network. */
export async function storedOffline(page) {
  await page.locator('html[data-offline="ready"]').waitFor({ state: "attached", timeout: 60_000 });
}

/** Collects what goes wrong on a page without anyone catching it. */
function watch(page) {
  const problems = [];
  page.on("pageerror", (problem) => problems.push(problem.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return problems;
}
