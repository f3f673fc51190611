// What is asked for up front: what the brief says with its words, what a person sets, tables that are given, switches of conventions.

import { test, expect } from "./fixtures.mjs";
import { SCHEMA, openFile, sqlOf, step, tableCount } from "./workplace.mjs";

const BRIEF = `An organization has a name. A customer of an organization has a name and an email. A repair has a title, a price and a customer.

It runs on PostgreSQL 15. Soft delete everywhere. Expect 20 reads per write.
`;

const SIZED = `${BRIEF}We expect 500 customers.
`;

const EXISTING = "CREATE TABLE customer (no bigint PRIMARY KEY, vat text);";

async function panel(app) {
  await step(app, "describe");
  const box = app.getByTestId("constraints");
  if (!(await box.isVisible())) await app.getByText("Found", { exact: true }).click();
  if ((await box.getAttribute("open")) === null) await box.locator("summary").click();
  return box;
}

test("the brief's own words fill the panel, and what is accepted follows them", async ({ app }) => {
  await step(app, "describe");
  await app.getByTestId("brief").fill(BRIEF);
  await expect(app.getByTestId("found")).toContainText("repair");
  const box = await panel(app);
  await expect(app.getByTestId("constraint-database")).toHaveValue("15");
  await expect(app.getByTestId("constraint-reads")).toHaveValue("20");
  await expect(app.getByTestId("constraint-soft-delete")).toBeChecked();
  await expect(app.getByTestId("constraint-audit")).not.toBeChecked();
  await expect(box).toContainText("“Soft delete everywhere”");
  await box.locator("summary").click();
  await app.getByTestId("accept-all").click();
  await expect.poll(() => tableCount(app)).toBeGreaterThan(2);
  expect((await sqlOf(app)).match(/deleted_at timestamptz/g).length).toBeGreaterThan(2);
  await expect(app.getByTestId("target")).toHaveValue("15");
});

test("what the brief says can be left out, and what it does not say can be set by hand, with the keyboard", async ({ app }) => {
  await step(app, "describe");
  await app.getByTestId("brief").fill(BRIEF);
  await expect(app.getByTestId("found")).toContainText("repair");
  const box = await panel(app);
  await app.getByTestId("constraint-soft-delete").focus();
  await app.keyboard.press("Space");
  await expect(app.getByTestId("constraint-soft-delete")).not.toBeChecked();
  await app.keyboard.press("Tab");
  await expect(app.getByTestId("constraint-audit")).toBeFocused();
  await app.keyboard.press("Space");
  await expect(app.getByTestId("constraint-audit")).toBeChecked();
  await box.locator("summary").click();
  await app.getByTestId("accept-all").click();
  await expect.poll(() => tableCount(app)).toBeGreaterThan(2);
  const sql = await sqlOf(app);
  expect(sql).not.toContain("deleted_at");
  expect(sql).toContain("created_by");
});

test("what is expected is read from the brief, and is set by hand", async ({ app }) => {
  await step(app, "describe");
  await app.getByTestId("brief").fill(SIZED);
  await expect(app.getByTestId("found")).toContainText("repair");
  await panel(app);
  const sizes = app.getByTestId("constraint-sizes");
  await expect(sizes).toHaveValue("500 customers");
  await sizes.fill("800 customers, 20 repairs per customer");
  await sizes.press("Tab");
  await app.getByTestId("accept-all").click();
  await expect.poll(() => tableCount(app)).toBeGreaterThan(2);
  await panel(app);
  await expect(sizes).toHaveValue("800 customers, 20 repairs per customer");
  await sizes.fill("many customers");
  await sizes.press("Tab");
  await expect(app.getByText("“many customers” is no size")).toBeVisible();
  await expect(sizes).toHaveValue("many customers");
});

test("another database is told of honestly, and Check lists what it does not have", async ({ app }) => {
  await openFile(app, "posts.sql", "create table posts (id bigint primary key, tags text[] not null);", 1);
  await panel(app);
  await app.getByTestId("constraint-database").selectOption("mysql");
  const accept = app.getByTestId("accept");
  if (await accept.isVisible()) await accept.click();
  await expect(app.getByTestId("constraint-elsewhere")).toContainText("Relata writes PostgreSQL");
  await step(app, "check");
  await expect(app.getByTestId("findings")).toContainText("MySQL 8 has no arrays");
});

test("existing tables are taken as given: neither proposals nor a hand change them, and copied SQL leaves them out", async ({ app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openFile(app, "books.sql", SCHEMA, 3);
  await panel(app);
  await app.getByTestId("existing-sql").fill(EXISTING);
  await app.getByTestId("existing-paste").click();
  await expect(app.getByTestId("review")).toContainText("Take 1 table as given");
  await app.getByTestId("accept").click();
  await expect.poll(() => tableCount(app)).toBe(4);
  await expect(app.getByTestId("given-tables")).toContainText("customer");
  await app.getByTestId("talk-open").click();
  await app.getByTestId("ask").fill("add a phone to customers");
  await app.getByTestId("ask").press("Enter");
  await expect(app.getByTestId("told")).toContainText("is given");
  await app.getByTestId("talk-open").click();
  await sqlOf(app);
  await app.getByTestId("copy-sql").click();
  await expect.poll(() => app.evaluate(() => navigator.clipboard.readText())).toContain("-- Given, and not made here: customer");
  expect(await app.evaluate(() => navigator.clipboard.readText())).not.toContain("CREATE TABLE customer");
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  await app.locator('[data-testid="table"][data-name$="customer"]').click();
  await expect(app.getByTestId("given")).toBeVisible();
  await app.getByTestId("add-column").fill("phone:text");
  await app.getByTestId("add-column").press("Enter");
  await expect(app.getByText("is given: it is there already")).toBeVisible();
  await app.getByTestId("release").click();
  await expect(app.getByTestId("given")).toHaveCount(0);
  await app.getByTestId("add-column").fill("phone:text");
  await app.getByTestId("add-column").press("Enter");
  await expect.poll(() => sqlOf(app)).toContain("phone text");
});

test("row versions and tenants are switched on and off again in the Model step", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  const before = await sqlOf(app);
  await step(app, "model");
  await app.getByRole("switch", { name: /Row versions/ }).first().click();
  await app.getByTestId("accept").click();
  await app.getByTestId("tenancy").selectOption("author");
  await app.getByTestId("accept").click();
  await expect(app.getByTestId("tenancy")).toHaveValue("author");
  const on = await sqlOf(app);
  expect(on).toContain("version integer");
  expect(on).toContain("tenant_isolation");
  await step(app, "model");
  await app.getByTestId("tenancy").selectOption("");
  await app.getByTestId("accept").click();
  await app.getByRole("switch", { name: /Row versions/ }).first().click();
  await app.getByTestId("accept").click();
  await expect.poll(() => sqlOf(app)).toBe(before);
});

test("what is not understood is offered to a language model with the request", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await app.getByTestId("talk-open").click();
  await app.getByTestId("ask").fill("frobnicate the wibble");
  await app.getByTestId("ask").press("Enter");
  await app.getByTestId("ask-model").click();
  await expect(app.getByTestId("model-request")).toHaveValue("frobnicate the wibble");
});

test("what is left out and what is answered is kept as decisions", async ({ app }) => {
  await step(app, "describe");
  await app.getByTestId("brief").fill("A task has a title and an assignee. A project has tasks. Each task has a priority: low, medium or high. A member has a name.");
  await expect(app.getByTestId("found")).toContainText("project");
  await app.getByRole("button", { name: "Leave out project" }).click();
  await app.getByTestId("accept-all").click();
  await expect.poll(() => tableCount(app)).toBeGreaterThan(0);
  await app.getByTestId("talk-open").click();
  await expect(app.getByTestId("decision").first()).toContainText("A table for project");
});
