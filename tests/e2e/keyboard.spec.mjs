// The path without a pointer, and on a phone.

import { readFileSync } from "node:fs";

import { expect, test } from "./fixtures.mjs";
import { BRIEF, describe, saved, step, tableCount } from "./workplace.mjs";

/** Presses Tab until the element with this handle has the focus. */
async function tabTo(page, testid) {
  for (let press = 0; press < 80; press += 1) {
    const isThere = await page.evaluate((it) => Boolean(document.activeElement?.closest(`[data-testid="${it}"]`)), testid);
    if (isThere) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${testid}`);
}

test("the keyboard alone leads from the description to the running SQL", async ({ app }) => {
  await tabTo(app, "step-describe");
  await app.keyboard.press("Enter");
  await tabTo(app, "brief");
  await app.keyboard.insertText(BRIEF);
  await expect(app.getByTestId("found")).toContainText(/plot/i);
  // Out of the editor, in which Tab indents.
  await app.keyboard.press("Escape");
  await app.keyboard.press("Tab");
  await tabTo(app, "accept-all");
  await app.keyboard.press("Enter");
  await expect.poll(() => tableCount(app)).toBeGreaterThan(2);

  await app.keyboard.press("Control+z");
  await expect.poll(() => tableCount(app)).toBe(0);
  await app.keyboard.press("Shift+Control+z");
  await expect.poll(() => tableCount(app)).toBeGreaterThan(2);

  await tabTo(app, "step-check");
  await app.keyboard.press("Enter");
  await tabTo(app, "run");
  await app.keyboard.press("Enter");
  await expect(app.getByTestId("run-result")).toHaveAttribute("data-state", "ok", { timeout: 60_000 });
});

test("keys alone build three tables with a relationship, an index and a check, and export them", async ({ app }) => {
  const palette = async (text) => {
    await app.keyboard.press("Control+k");
    await app.keyboard.insertText(text);
    await expect(app.getByRole("listbox", { name: "Found" }).getByRole("option").first()).toBeVisible();
    await app.keyboard.press("Enter");
  };
  await palette("author name:text");
  await palette("book title:text pages:integer author:ref(author)");
  await palette("review stars:integer book:ref(book)");
  await expect.poll(() => tableCount(app)).toBe(3);

  await palette("review");
  await expect(app.getByTestId("table-name")).toHaveValue("review");
  for (const [what, sql] of [
    ["Index", "CREATE INDEX review_stars ON review (stars DESC)"],
    ["Check", "ALTER TABLE review ADD CONSTRAINT some_stars CHECK (stars > 0)"],
  ]) {
    await tabTo(app, "add-part");
    await app.keyboard.type(what);
    await app.keyboard.press("Enter");
    await tabTo(app, "part-sql");
    await app.keyboard.press("Control+a");
    await app.keyboard.insertText(sql);
    await app.keyboard.press("Tab");
    await tabTo(app, "add-part-done");
    await app.keyboard.press("Enter");
    await expect(app.getByTestId("add-part-done")).toHaveCount(0);
  }

  const [file] = await Promise.all([app.waitForEvent("download"), palette("Download the SQL")]);
  const sql = readFileSync(await file.path(), "utf8");
  expect(sql.match(/CREATE TABLE/g)).toHaveLength(3);
  expect(sql).toMatch(/REFERENCES author/);
  expect(sql).toContain("CREATE INDEX review_stars ON review (stars DESC)");
  expect(sql).toContain("CONSTRAINT some_stars CHECK (stars > 0)");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the path fits, and nothing is wider than the screen", async ({ app }) => {
    await describe(app);
    for (const name of ["describe", "model", "diagram", "sql", "check", "ship"]) {
      await step(app, name);
      const overflow = await app.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, name).toBeLessThanOrEqual(0);
    }
    await saved(app);
  });
});

test("a dialog that is opened while another one closes stays", async ({ app }) => {
  await app.keyboard.press("Alt+n");
  await expect(app.getByTestId("aggregate")).toBeVisible();
  // Escape closes the dialog at once, and its page hears of it a moment later.
  await app.evaluate(() => {
    const dialog = document.querySelector("dialog");
    const told = new Promise((done) => dialog.addEventListener("close", () => requestAnimationFrame(done)));
    dialog.close();
    dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, cancelable: true }));
    return told;
  });
  await expect(app.getByTestId("palette")).toBeVisible();
});
