// The critic in the page: findings, where they are, and their fixes.

import { expect, test } from "./fixtures.mjs";
import { openFile, sqlOf, step } from "./workplace.mjs";

const SQL = `
create table author (id bigint generated always as identity primary key, name text not null);
create table book (id bigint generated always as identity primary key, author_id bigint not null references author (id));`;

test("a finding leads to its place, and its fix is a proposal", async ({ app }) => {
  await openFile(app, "library.sql", SQL, 2);
  await step(app, "check");
  const finding = app.locator('[data-testid="finding"][data-code="IDX001"]');
  await expect(finding).toContainText("author_id");
  await finding.getByTestId("fix").click();
  await app.getByTestId("accept").click();
  // Looked at again, the design holds it no more.
  await expect(finding).toHaveCount(0);
  expect(await sqlOf(app)).toMatch(/create index \S+ on (public\.)?book/i);
  await step(app, "check");
  await app.getByTestId("findings").getByRole("button", { name: /^(public\.)?book/ }).first().click();
  await expect(app.getByTestId("inspector")).toContainText("author_id");
});
