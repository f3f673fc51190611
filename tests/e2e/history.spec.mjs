// History: versions with names, what differs, and the way back.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, step, tableCount } from "./workplace.mjs";

async function keepVersion(page, name) {
  await page.getByTestId("history").click();
  await page.getByTestId("version-name").fill(name);
  await page.getByTestId("keep-version").click();
  await expect(page.getByTestId("version").filter({ hasText: name })).toHaveCount(1);
  await page.keyboard.press("Escape");
}

async function addTable(page, sql) {
  await step(page, "sql");
  await page.getByTestId("sql-editor").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(`\n${sql}\n`);
}

test("a version with a name is compared in words, marked on the diagram, and gone back to", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await keepVersion(app, "As it was");
  await addTable(app, "CREATE TABLE shelf (id bigint PRIMARY KEY);\nALTER TABLE review ADD COLUMN words text;");
  await expect.poll(() => tableCount(app)).toBe(4);

  await app.getByTestId("history").click();
  await app.getByLabel("From this version").selectOption({ label: "As it was" });
  await app.getByTestId("compare").click();
  const words = app.getByTestId("differences");
  await expect(words).toContainText("table `shelf` added");
  await expect(words).toContainText("column `review.words` added");
  await app.getByTestId("mark-differences").click();
  await app.getByTestId("fit").click();
  await expect(app.locator('[data-name="public.shelf"]')).toContainText("+ added");
  await expect(app.locator('[data-name="public.review"]')).toContainText("~ changed");
  await expect(app.locator('[data-name="public.book"]')).not.toContainText("changed");
  await app.getByTestId("unmark").click();
  await expect(app.locator('[data-name="public.shelf"]')).not.toContainText("added");

  await app.getByTestId("history").click();
  await app.getByTestId("restore").click();
  await expect.poll(() => tableCount(app)).toBe(3);
  await expect(app.getByTestId("version")).toHaveCount(1);
  await app.keyboard.press("Escape");
  await app.getByTestId("undo").click();
  await expect.poll(() => tableCount(app)).toBe(4);
});

test("what was done is listed, and each act leads back to before it", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  for (const name of ["one", "two"]) {
    await addTable(app, `CREATE TABLE ${name} (id bigint PRIMARY KEY);`);
    await expect(app.getByTestId("table-count")).toHaveText(name === "one" ? "4" : "5");
  }
  await app.getByTestId("history").click();
  await app.getByRole("button", { name: /^Undo to before/ }).nth(1).click();
  await expect.poll(() => tableCount(app)).toBe(3);
});
