// The inspector: every part of the design is read and changed in place.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, sqlOf, step } from "./workplace.mjs";

async function select(page, table) {
  await step(page, "diagram");
  await page.getByTestId("fit").click();
  await page.locator(`[data-name="public.${table}"]`).click({ position: { x: 40, y: 12 } });
  await expect(page.getByTestId("table-name")).toHaveValue(table);
}

/** Chooses what to add, completes its SQL by hand, and adds it. */
async function add(place, what, sql) {
  await place.getByTestId("add-part").selectOption(what);
  const field = place.getByLabel("SQL of what is added");
  await field.fill(sql);
  await field.blur();
  await place.getByTestId("add-part-done").click();
  await expect(field).toBeHidden();
}

test("an index, a check, a policy and a composite key are added, changed and removed in place", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await select(app, "book");
  const panel = app.getByTestId("inspector");
  await add(panel, "index", "CREATE UNIQUE INDEX book_title ON book (title DESC NULLS LAST) INCLUDE (pages) WHERE pages > 9");
  await add(panel, "policy", "CREATE POLICY readers ON book FOR SELECT TO public USING (pages > 0)");
  await add(panel, "exclusion constraint", "ALTER TABLE book ADD CONSTRAINT one_title EXCLUDE USING btree (title WITH =)");

  const check = panel.getByTestId("part").filter({ hasText: "pages > 0)" }).first();
  await check.click();
  const field = panel.getByTestId("part-sql").first();
  // What is in error is told while it is typed, and nothing changes before it is done.
  await field.fill("CONSTRAINT book_pages_check CHECK (pages BETWEEN 1 AND)");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(panel.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(1);
  await field.fill("CONSTRAINT book_pages_check CHECK (pages BETWEEN 1 AND 9000)");
  await expect(field).toHaveAttribute("aria-invalid", "false");
  await field.blur();
  await expect(panel.getByTestId("part").filter({ hasText: "9000" })).toHaveCount(1);

  await panel.getByTestId("part").filter({ hasText: "PRIMARY KEY" }).click();
  const key = panel.getByLabel("Its SQL").first();
  await key.fill("CONSTRAINT book_pkey PRIMARY KEY (id, title)");
  await key.blur();
  // Another table references the key as it was: the change is refused, and says so.
  await expect(panel.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(1);

  const sql = await sqlOf(app);
  expect(sql).toContain("CREATE UNIQUE INDEX book_title ON book (title DESC NULLS LAST) INCLUDE (pages) WHERE pages > 9");
  expect(sql).toContain("CHECK (pages BETWEEN 1 AND 9000)");
  expect(sql).toContain("CREATE POLICY readers");
  expect(sql).toContain("EXCLUDE USING btree");
  expect(sql).toContain("CONSTRAINT book_pkey PRIMARY KEY (id)");

  await select(app, "book");
  await panel.getByRole("button", { name: /^Remove CREATE POLICY readers/ }).click();
  await expect(panel.getByTestId("part").filter({ hasText: "readers" })).toHaveCount(0);
  await app.getByTestId("undo").click();
  await expect(panel.getByTestId("part").filter({ hasText: "readers" })).toHaveCount(1);
});

test("types, views and functions are found, added, renamed with what uses them, and kept while they are used", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "diagram");
  const objects = app.locator(".tree__objects");
  await objects.locator("summary").click();
  await add(objects, "enumerated type", "CREATE TYPE mood AS ENUM ('calm', 'tense')");
  await add(objects, "view", "CREATE VIEW thick AS SELECT id FROM book WHERE pages > 900");
  await select(app, "review");
  await app.getByTestId("add-column").fill("mood:text");
  await app.getByTestId("add-column").press("Enter");
  const type = app.getByTestId("column-type").last();
  await type.fill("mood");
  await type.press("Enter");

  await objects.getByTestId("object").filter({ hasText: "enum mood" }).click();
  const name = app.getByTestId("object-name");
  await name.fill("temper");
  await name.press("Enter");
  await expect(objects.getByTestId("object").filter({ hasText: "enum temper" })).toHaveCount(1);
  const field = app.getByTestId("inspector").getByTestId("part-sql");
  await field.fill("CREATE TYPE temper AS ENUM ('wild', 'tense', 'calm')");
  await field.blur();
  await app.getByTestId("remove-object").click();
  await expect(app.getByTestId("inspector")).toContainText("it is used by table review");
  const sql = await sqlOf(app);
  expect(sql).toContain("CREATE TYPE temper AS ENUM ('wild', 'tense', 'calm')");
  expect(sql).toMatch(/mood temper/);
  expect(sql).toContain("CREATE VIEW thick");
});

test("a column takes all that SQL can say of it, and what is not understood is told there", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await select(app, "book");
  await app.getByTestId("inspector").getByTestId("column-name").nth(1).focus();
  const field = app.getByLabel("The column as SQL");
  await field.fill('title varchar(200) COLLATE "C" NOT NULL DEFAULT \'-\'');
  await field.blur();
  await expect.poll(() => sqlOf(app)).toContain('title varchar(200) COLLATE "C"');
  await select(app, "book");
  await app.getByTestId("inspector").getByTestId("column-name").nth(1).focus();
  await field.fill("title varchar(200");
  await field.blur();
  await expect(app.getByTestId("inspector").getByRole("alert").filter({ hasText: /\w/ })).toBeVisible();
  expect(await sqlOf(app)).toContain('title varchar(200) COLLATE "C"');
});

test("what depends on a table or a column is shown before it is removed, and undo brings it back", async ({ app }) => {
  await openFile(app, "library.sql", `${SCHEMA} create view thick as select id from book where pages > 900;`, 3);
  const before = await sqlOf(app);
  for (const [press, goes] of [
    [() => app.getByTestId("remove-table").click(), /review/],
    [() => app.getByTestId("inspector").getByRole("button", { name: "Remove id" }).click(), /book_pkey/],
    [() => app.getByTestId("inspector").getByRole("button", { name: "Remove pages" }).click(), /book_pages_check/],
  ]) {
    await select(app, "book");
    await press();
    await expect(app.getByTestId("review")).toContainText(goes);
    expect(await app.getByTestId("table-count").textContent()).toBe("3");
    await app.getByTestId("accept").click();
    await expect(app.getByTestId("review")).toHaveCount(0);
    expect(await sqlOf(app)).not.toBe(before);
    await app.getByTestId("undo").click();
    await expect.poll(() => sqlOf(app)).toBe(before);
  }
  // What nothing depends on goes at once, and its table stays in view.
  await select(app, "book");
  await app.getByTestId("inspector").getByRole("button", { name: "Remove title" }).click();
  await expect(app.getByTestId("review")).toHaveCount(0);
  await expect(app.getByTestId("table-name")).toHaveValue("book");
  expect(await sqlOf(app)).not.toContain("title");
});

test("columns of an index and values of a type are put in order by dragging and by keys", async ({ app }) => {
  const more = `create index by_all on book (title, lower(title || ',') desc, pages);
    create type mood as enum ('calm', 'it''s, well, wild', 'sad');
    create table day (id bigint primary key, felt mood not null default 'calm' check (felt <> 'sad'));`;
  await openFile(app, "library.sql", SCHEMA + more, 4);
  await select(app, "book");
  const panel = app.getByTestId("inspector");
  await panel.getByTestId("part").filter({ hasText: "by_all" }).click();
  const items = panel.getByTestId("order").getByRole("button");
  await expect(items).toHaveText(["title", /lower/, "pages"]);
  const [first, last] = [await items.first().boundingBox(), await items.last().boundingBox()];
  await app.mouse.move(first.x + 8, first.y + 8);
  await app.mouse.down();
  await app.mouse.move(last.x + last.width - 4, last.y + 8, { steps: 8 });
  await app.mouse.up();
  await expect(items).toHaveText([/lower/, "pages", "title"]);
  await expect(panel.getByTestId("part").filter({ hasText: /\(lower.*, pages, title\)$/ })).toHaveCount(1);
  await items.last().focus();
  await app.keyboard.press("Alt+ArrowUp");
  await expect(items).toHaveText([/lower/, "title", "pages"]);
  await expect(items.nth(1)).toBeFocused();
  expect(await sqlOf(app)).toMatch(/CREATE INDEX by_all ON book \(lower\(.*\) DESC, title, pages\)/);
  await app.getByTestId("undo").click();
  await app.getByTestId("undo").click();
  expect(await sqlOf(app)).toMatch(/CREATE INDEX by_all ON book \(title, lower/);

  await step(app, "diagram");
  await app.locator(".tree__objects summary").click();
  await app.getByTestId("object").filter({ hasText: "mood" }).click();
  await expect(items).toHaveCount(3);
  await items.first().focus();
  await app.keyboard.press("Alt+ArrowRight");
  const field = panel.getByTestId("part-sql");
  await expect(field).toHaveValue(/'it''s, well, wild', 'calm', 'sad'/);
  // A value under another name takes along what is compared with it.
  await field.fill("CREATE TYPE mood AS ENUM ('it''s, well, wild', 'still', 'blue')");
  await field.blur();
  await expect.poll(() => sqlOf(app)).toMatch(/DEFAULT 'still'/);
  expect(await sqlOf(app)).toMatch(/felt <> 'blue'/);
});

test("what is typed behind a change that is still on its way is written though something else is shown by then", async ({ app }) => {
  const more = "create type mood as enum ('calm', 'sad'); create type size as enum ('small', 'large');";
  await openFile(app, "library.sql", SCHEMA + more, 3);
  await step(app, "diagram");
  await app.locator(".tree__objects summary").click();
  const object = (name) => app.getByTestId("object").filter({ hasText: name });
  await object("mood").click();
  const field = app.getByTestId("inspector").getByTestId("part-sql");
  await expect(field).toHaveValue(/'calm', 'sad'/);
  const other = await object("size").elementHandle();
  await field.evaluate((field, other) => {
    for (const values of ["'sad', 'calm'", "'sad', 'calm', 'wild'"]) {
      field.value = `CREATE TYPE mood AS ENUM (${values})`;
      for (const told of ["input", "change"]) field.dispatchEvent(new Event(told, { bubbles: true }));
    }
    other.click();
  }, other);
  await expect(field).toHaveValue(/'small', 'large'/);
  await expect.poll(() => sqlOf(app)).toMatch(/ENUM \('sad', 'calm', 'wild'\)/);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a selected table stands above the inspector, whose end can be reached", async ({ app }) => {
    await openFile(app, "library.sql", SCHEMA, 3);
    await step(app, "diagram");
    await app.getByTestId("fit").click();
    const panel = app.getByTestId("inspector");
    for (const name of ["author", "book", "review"]) {
      const table = app.locator(`[data-name="public.${name}"]`);
      const box = await table.boundingBox();
      await app.touchscreen.tap(box.x + box.width / 2, box.y + Math.min(10, box.height / 2));
      await expect(app.getByTestId("table-name")).toHaveValue(name);
      await expect
        .poll(async () => (await panel.boundingBox()).y - (await table.boundingBox()).y)
        .toBeGreaterThan(40);
      const last = panel.getByRole("button").last();
      await last.scrollIntoViewIfNeeded();
      await last.click({ trial: true });
      await app.keyboard.press("Escape");
      await app.getByTestId("fit").click();
    }
  });
});
