// The page without a network, and a new version of it.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../scripts/serve.mjs";
import { expect, open, ready, storedOffline, test } from "./fixtures.mjs";

test("after one visit everything works with the server gone", async ({ app, site, context }) => {
  await storedOffline(app);
  await site.stop();
  await app.reload();
  await ready(app);

  const other = await context.newPage();
  await open(other, site.address);
  const result = await other.evaluate(async () => {
    const { mount } = await import(new URL("js/editor.js", document.baseURI));
    mount(document.createElement("div"), { doc: "" });
    const { run } = await import(new URL("js/database.js", document.baseURI));
    return run("create extension pg_trgm; create table t (id int)");
  });
  expect(result).toMatchObject({ ok: true, statements: 2 });
});

test("modules are kept under their own address, where the browser keeps what it has compiled of them", async ({ app }) => {
  await storedOffline(app);
  const kept = await app.evaluate(async () => (await (await caches.open("relata-app")).keys()).map((it) => it.url));
  const modules = kept.filter((it) => it.includes("_bg.wasm"));
  expect(modules).toHaveLength(2);
  for (const it of modules) expect(it).toMatch(/-[0-9a-f]+_bg\.wasm$/);
});

test("the site lives under any path", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "relata-site-"));
  cpSync("dist", join(folder, "deep/down"), { recursive: true });
  const { address, close } = await serve(folder);
  await open(page, `${address}deep/down/`);
  await storedOffline(page);
  await close();
  await page.reload();
  await ready(page);
  rmSync(folder, { recursive: true });
});

test("a new version waits until it is asked for", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "relata-site-"));
  cpSync("dist", folder, { recursive: true });
  const { address, close } = await serve(folder);
  await open(page, address);
  await storedOffline(page);
  await expect(page.locator("html")).not.toHaveAttribute("data-update");

  publish(folder, "newer");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-update", "ready");
  await expect(page.locator("html")).not.toHaveAttribute("data-edition");
  await page.evaluate(() => window.dispatchEvent(new Event("relata-reload")));
  await expect(page.locator("html")).toHaveAttribute("data-edition", "newer");
  await ready(page);
  await close();
  rmSync(folder, { recursive: true });
});

/** Puts a marked page into the site, and its hash into the service worker. */
function publish(folder, edition) {
  const [page, worker] = [join(folder, "index.html"), join(folder, "sw.js")];
  const hash = () => createHash("sha256").update(readFileSync(page)).digest("hex");
  const before = hash();
  writeFileSync(page, readFileSync(page, "utf8").replace("<html ", `<html data-edition="${edition}" `));
  writeFileSync(worker, readFileSync(worker, "utf8").replace(before, hash()));
}
