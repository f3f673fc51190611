// Ways in: several files, pasted texts, an import into the open design, and what only PostgreSQL itself can read.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved, sqlOf, tableCount } from "./workplace.mjs";

const report = (page) => page.getByTestId("import-report");

test("an import can go into the design that was open, as a proposal", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const other = `
    create table writer (id bigint generated always as identity primary key, name text not null, born date);
    create table shelf (id int primary key, label text not null unique);`;
  await openFile(app, "other.sql", other, 2);
  await app.getByTestId("import-into").click();
  const review = app.getByTestId("review");
  await expect(review).toContainText("Rename table author to writer");
  await expect(review).toContainText("Add table shelf");
  // What the file lacks is offered, not chosen.
  await expect(review.getByRole("checkbox", { name: /Remove table review/ })).not.toBeChecked();
  await app.getByTestId("accept").click();
  await expect.poll(() => tableCount(app)).toBe(4);
  const sql = await sqlOf(app);
  expect(sql).toMatch(/create table public\.writer|create table writer/i);
  expect(sql).toMatch(/born date/i);
  await app.getByTestId("undo").click();
  await expect.poll(() => tableCount(app)).toBe(3);
});

test("a pasted schema opens by itself", async ({ app }) => {
  await app.getByTestId("step-diagram").click();
  await app.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, SCHEMA);
  await expect.poll(() => tableCount(app)).toBe(3);
});

test("what cannot be read says why, and the open design stays", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  const give = (name, bytes) => app.getByTestId("open-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
  await give("backup.dump", [0x50, 0x47, 0x44, 0x4d, 0x50, 1, 14]);
  await expect(app.getByRole("alert")).toContainText("pg_restore");
  await give("schema.sql.gz", [0x1f, 0x8b, 8, 0]);
  await expect(app.getByRole("alert").last()).toContainText("compressed");
  expect(await tableCount(app)).toBe(3);
  // UTF-16, as some editors save it, is read.
  await give("wide.sql", Buffer.from("\ufeffcreate table wide (id int);", "utf16le"));
  await expect.poll(() => tableCount(app)).toBe(1);
});

test("PostgreSQL in the page reads what we keep as written", async ({ app }) => {
  test.setTimeout(120_000);
  // What a loop over a query makes is known to a server alone.
  const sql = `do $$ declare r record; begin for r in select n from generate_series(1, 3) n loop execute format('create table part_%s (id int primary key, at date not null)', r.n); end loop; end $$;
create table whole (id int primary key);`;
  await app.getByTestId("open-file").setInputFiles({ name: "loop.sql", mimeType: "text/plain", buffer: Buffer.from(sql) });
  await expect.poll(() => tableCount(app)).toBe(1);
  await report(app).getByTestId("read-exactly").click();
  await expect.poll(() => tableCount(app), { timeout: 60_000 }).toBe(4);
  expect(await sqlOf(app)).toMatch(/part_3/);
});

test("a live database opens from the answer to the query", async ({ app }) => {
  test.setTimeout(120_000);
  await openFile(app, "library.sql", SCHEMA, 3);
  // The page's own PostgreSQL stands for the live one.
  await app.getByTestId("step-check").click();
  await app.getByTestId("run").click();
  await expect(app.getByTestId("run-result")).toHaveAttribute("data-state", "ok", { timeout: 60_000 });
  const answer = await app.evaluate(async () => {
    const { query } = await import(new URL("js/database.js", document.baseURI));
    const told = await query(await (await fetch("catalog.sql")).text());
    const value = told.rows[0][0];
    return typeof value === "string" ? value : JSON.stringify(value);
  });
  await app.keyboard.press("Control+k");
  await app.getByRole("combobox").fill("live database");
  await app.keyboard.press("Enter");
  await app.getByTestId("catalog-answer").fill(answer);
  await app.getByRole("button", { name: "Open the database" }).click();
  await expect.poll(() => tableCount(app)).toBe(3);
  await expect(report(app)).toBeVisible();
  expect(await sqlOf(app)).toMatch(/on delete restrict/i);
});
