// The critic in the page: findings, where they are, their fixes, and what is decided about them.

import { expect, test } from "./fixtures.mjs";
import { openFile, saved, sqlOf, step } from "./workplace.mjs";

const SQL = `
create table author (id bigint generated always as identity primary key, name text not null, email text not null, born timestamp);
create table book (id bigint generated always as identity primary key, author_id bigint not null references author (id), title text not null, printed date);
create table review (id bigint generated always as identity primary key, book_id bigint not null references book (id), body text not null, stars int);`;

const finding = (app, code) => app.locator(`[data-testid="findings"] [data-testid="finding"][data-code="${code}"]`);

test.beforeEach(async ({ app }) => {
  await openFile(app, "library.sql", SQL, 3);
  await step(app, "check");
  await expect(finding(app, "IDX001")).toHaveCount(2);
});

test("a finding leads to its place, and its fix is a proposal", async ({ app }) => {
  const one = finding(app, "IDX001").filter({ hasText: "book.author_id" });
  await one.getByTestId("fix").click();
  await expect(app.getByTestId("review")).toContainText("book");
  await app.getByTestId("accept").click();
  // Looked at again, the design holds it no more.
  await expect(finding(app, "IDX001")).toHaveCount(1);
  expect(await sqlOf(app)).toMatch(/create index \S+ on (public\.)?book/i);
  await step(app, "check");
  await finding(app, "TYP001").getByRole("button", { name: /author\.born/ }).click();
  await expect(app.getByTestId("inspector")).toContainText("TYP001");
});

test("all findings of a rule are fixed by one proposal, which undo takes back", async ({ app }) => {
  const group = app.locator('[data-testid="finding-group"][data-code="IDX001"]');
  await group.getByTestId("fix-all").click();
  await expect(app.getByTestId("review").getByRole("checkbox")).toHaveCount(2);
  await app.getByTestId("accept").click();
  await expect(finding(app, "IDX001")).toHaveCount(0);
  await app.getByTestId("undo").click();
  await expect(finding(app, "IDX001")).toHaveCount(2);
});

test("findings are marked on the diagram, in the inspector and in the SQL", async ({ app }) => {
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  const card = app.locator('[data-testid="table"][data-name$="author"]');
  await expect(card.getByTestId("card-findings")).toContainText(/[1-9]/);
  await expect(card).toHaveAttribute("aria-label", /finding/);
  await card.click({ position: { x: 60, y: 14 } });
  const beside = app.getByTestId("table-findings");
  await expect(beside).toContainText("TYP001");
  await beside.locator('[data-code="TYP001"]').getByTestId("fix").click();
  await app.getByTestId("accept").click();
  await expect(beside).not.toContainText("TYP001");
  await step(app, "sql");
  await expect(app.locator(".cm-lintRange-warning").first()).toBeVisible();
});

test("what is ignored needs a reason, stays in the design, and can be taken back", async ({ app }) => {
  await finding(app, "TYP001").getByTestId("ignore").click();
  await expect(app.getByTestId("ignore-save")).toBeDisabled();
  await app.getByTestId("ignore-reason").fill("local time is meant");
  await app.getByTestId("ignore-reason").press("Enter");
  await expect(finding(app, "TYP001")).toHaveCount(0);
  const kept = app.getByTestId("judgement");
  await expect(kept).toContainText("local time is meant");
  await saved(app);
  await app.reload();
  await step(app, "check");
  await expect(finding(app, "IDX001")).toHaveCount(2);
  await expect(finding(app, "TYP001")).toHaveCount(0);
  await kept.getByTestId("take-back").click();
  await expect(finding(app, "TYP001")).toHaveCount(1);
});

test("findings are grouped by rule or by table, and filtered", async ({ app }) => {
  await app.getByTestId("by-table").click();
  await expect(app.getByTestId("finding-group").filter({ hasText: "review" }).first()).toBeVisible();
  await app.getByTestId("findings-filter").fill("IDX001");
  await expect(app.getByTestId("finding")).toHaveCount(2);
  await app.getByTestId("show-warning").click();
  await expect(app.getByTestId("finding")).toHaveCount(0);
  await app.getByTestId("show-warning").click();
  await app.getByTestId("findings-filter").fill("");
  await app.getByTestId("by-rule").click();
  const group = app.locator('[data-testid="finding-group"][data-code="IDX001"]');
  await group.getByTestId("why").click();
  await expect(group).toContainText("scans");
});

test("the checklist is computed, and leads to its findings; what will be regretted has a story and a remedy", async ({ app }) => {
  const line = app.getByTestId("check-line").filter({ hasText: "Every foreign key has an index" });
  await expect(line).toHaveAttribute("data-state", "open");
  await expect(app.getByTestId("check-line").filter({ hasText: "Every row has a key" })).toHaveAttribute("data-state", "holds");
  await line.getByRole("button").click();
  await expect(app.getByTestId("finding")).toHaveCount(2);
  const regrets = app.getByTestId("regret");
  await expect(regrets.first()).toContainText(".");
  expect(await regrets.count()).toBeLessThanOrEqual(3);
  await regrets.filter({ hasText: "author.born" }).getByTestId("fix").click();
  await app.getByTestId("accept").click();
  await expect(regrets.filter({ hasText: "author.born" })).toHaveCount(0);
});

test("sets of rules and single rules are set up in the design", async ({ app }) => {
  await app.getByTestId("rules").locator("summary").first().click();
  await app.getByTestId("preset").selectOption("legacy");
  await expect(finding(app, "IDX001")).toHaveCount(0);
  await app.getByTestId("preset").selectOption("recommended");
  await expect(finding(app, "IDX001")).toHaveCount(2);
  await app.getByTestId("rule-filter").fill("IDX001");
  await app.getByTestId("rate").selectOption("error");
  await expect(finding(app, "IDX001").first()).toContainText("error");
  await app.getByTestId("rate").selectOption("off");
  await app.getByTestId("rules").getByTestId("ignore-reason").fill("tables stay small");
  await app.getByTestId("rules").getByTestId("ignore-save").click();
  await expect(finding(app, "IDX001")).toHaveCount(0);
  await app.getByTestId("undo").click();
  await expect(finding(app, "IDX001")).toHaveCount(2);
});
