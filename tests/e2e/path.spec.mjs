// The whole path: a description becomes a schema that runs, is seen, is shared and is kept.

import { expect, open, ready, test } from "./fixtures.mjs";
import {
  SCHEMA, describe, drawnTables, openFile, runSql, saved, shareLink, sqlOf, step, tableCount,
} from "./workplace.mjs";

test("a description becomes a design that runs and that a link carries", async ({ app, visit }) => {
  await describe(app);
  const tables = await drawnTables(app);
  expect(tables.map((it) => it.name)).toEqual(expect.arrayContaining([expect.stringMatching(/\.plots?$/)]));
  expect(tables).toHaveLength(await tableCount(app));

  const sql = await sqlOf(app);
  expect(sql).toMatch(/create table .*gardener/i);
  expect(await runSql(app)).toBe("ok");

  const other = await visit(await shareLink(app));
  await expect.poll(() => tableCount(other)).toBe(tables.length);
  expect(await sqlOf(other)).toBe(sql);
  expect(await drawnTables(other)).toEqual(tables);
});

test("a chip makes its reference several, and rows that the text names are inserted", async ({ app }) => {
  await step(app, "describe");
  const text = "An employee has a name and works in a department. We have three departments: sales, support and HR.";
  await app.getByTestId("brief").fill(text);
  const card = app.locator("[data-testid=entity][data-name=employee]");
  const several = card.getByRole("button", { name: /^Several departments, \d+ % likely$/ });
  await expect(several).toHaveAttribute("aria-pressed", "false");
  await several.press("Enter");
  await expect(several).toHaveAttribute("aria-pressed", "true");
  await expect(card).toContainText("department ⇄ department");
  await expect(app.locator("[data-testid=entity][data-name=department]")).toContainText("sales, support, HR");
  await app.getByTestId("accept-all").click();
  const sql = await sqlOf(app);
  expect(sql).toMatch(/create table .*employee_department/i);
  expect(sql).toMatch(/insert into "?departments?"? \(name\) values\s+\('sales'\)/i);
  expect(await runSql(app)).toBe("ok");
});

test("SQL from elsewhere opens as a design that gives the same SQL again", async ({ app, visit }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  const sql = await sqlOf(app);
  expect(await runSql(app)).toBe("ok");
  const again = await visit(app.url());
  await openFile(again, "again.sql", sql, 3);
  expect(await sqlOf(again)).toBe(sql);
});

test("a tab that is killed loses nothing that was saved", async ({ app, context, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const sql = await sqlOf(app);
  const killer = await context.newCDPSession(app);
  killer.send("Page.crash").catch(() => {});
  await app.waitForEvent("crash");

  const again = await context.newPage();
  await open(again, site.address);
  await expect.poll(() => tableCount(again)).toBe(3);
  expect(await sqlOf(again)).toBe(sql);
});

test("a link never overwrites what is on this device", async ({ app, visit, context, site }) => {
  const other = await visit(site.address);
  await openFile(other, "one.sql", "create table lonely (id int primary key);", 1);
  const link = await shareLink(other);

  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const page = await context.newPage();
  await open(page, link);
  await expect.poll(() => tableCount(page)).toBe(1);
  await page.close();
  await app.reload();
  await ready(app);
  await expect.poll(() => tableCount(app)).toBe(3);
});

test("a broken link says so and changes nothing", async ({ app, context, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const page = await context.newPage();
  await open(page, `${site.address}#d=1AAAAAAAA`);
  await expect(page.getByRole("alert")).toContainText(/link is damaged/);
  await page.close();
  await app.reload();
  await ready(app);
  await expect.poll(() => tableCount(app)).toBe(3);
});

test("everything can be undone, and done again", async ({ app }) => {
  await describe(app);
  const after = await sqlOf(app);
  await step(app, "diagram");
  // Pressing at a table's name chooses all of it, and a table that others refer to goes after a review.
  await app.getByTestId("table").first().click({ position: { x: 30, y: 10 } });
  await app.keyboard.press("Delete");
  await app.getByTestId("accept").click();
  await expect(app.getByRole("dialog")).toHaveCount(0);
  const fewer = await sqlOf(app);
  expect(fewer).not.toBe(after);

  await app.getByTestId("undo").click();
  expect(await sqlOf(app)).toBe(after);
  while (await app.getByTestId("undo").isEnabled()) await app.getByTestId("undo").click();
  expect(await tableCount(app)).toBe(0);
  while (await app.getByTestId("redo").isEnabled()) await app.getByTestId("redo").click();
  expect(await sqlOf(app)).toBe(fewer);
});

test("a table that is dragged stays where it was put", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  const before = await drawnTables(app);
  const box = await app.getByTestId("table").first().boundingBox();
  const grip = { x: box.x + box.width / 2, y: box.y + 10 };
  await app.mouse.move(grip.x, grip.y);
  await app.mouse.down();
  await app.mouse.move(grip.x + 40, grip.y + 90, { steps: 5 });
  await app.mouse.up();
  await saved(app);
  const moved = await drawnTables(app);
  expect(moved).not.toEqual(before);
  await app.reload();
  await ready(app);
  expect(await drawnTables(app)).toEqual(moved);
});

test("the wheel moves the view, and with Ctrl it zooms", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "diagram");
  const place = async () => app.getByTestId("table").first().boundingBox();
  const canvas = await app.getByTestId("canvas").boundingBox();
  const before = await place();
  await app.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
  await app.mouse.wheel(0, 120);
  await expect.poll(async () => Math.round(before.y - (await place()).y)).toBe(120);
  await app.keyboard.down("Control");
  await app.mouse.wheel(0, 300);
  await app.keyboard.up("Control");
  await expect.poll(async () => (await place()).width).toBeLessThan(before.width * 0.95);
});

test("a zoom scales what is painted, which stands at the same place when it is painted anew at rest", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "diagram");
  const place = async () => {
    const { x, y, width } = await app.getByTestId("table").first().boundingBox();
    return [x, y, width].map(Math.round);
  };
  const canvas = await app.getByTestId("canvas").boundingBox();
  const scaled = app.locator(".pane--moving");
  await app.mouse.move(canvas.x + canvas.width / 2 - 90, canvas.y + canvas.height / 2);
  for (const notch of [100, -100]) {
    await app.keyboard.down("Control");
    for (let time = 0; time < 16; time += 1) await app.mouse.wheel(0, notch);
    await expect(scaled).toHaveCount(1);
    const passing = await place();
    await app.keyboard.up("Control");
    await expect(scaled).toHaveCount(0);
    expect(await place()).toEqual(passing);
  }
});
