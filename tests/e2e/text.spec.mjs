// Text beside picture: the SQL is edited and the design follows, and the other way round.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved, sqlOf, step, tableCount } from "./workplace.mjs";

const editor = (page) => page.getByTestId("sql-editor");

/** Puts the cursor behind words of the text. */
async function goTo(page, words) {
  await editor(page).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
}

const names = (page) => page.getByTestId("table").evaluateAll((all) => all.map((it) => it.dataset.name).sort());

test("a table that is written stands on the diagram, and one undo takes it back", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "sql");
  await editor(app).click();
  await app.keyboard.press("Control+End");
  await app.keyboard.insertText("\nCREATE TABLE shelf (id bigint PRIMARY KEY, room text NOT NULL);\n");
  await expect.poll(() => tableCount(app)).toBe(4);
  await expect(app.getByTestId("sql-problems")).toBeHidden();
  await app.getByTestId("undo").click();
  await expect.poll(() => tableCount(app)).toBe(3);
  await expect(app.getByTestId("sql")).not.toContainText("shelf");
});

test("what cannot be read is underlined at its place, and the rest stays live", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "sql");
  await goTo(app, "stars smallint NOT NULL");
  await app.keyboard.insertText(",, oops oops(");
  await expect(app.getByTestId("sql-problems")).toContainText(/Line \d+/);
  await expect(app.locator(".cm-lintRange-error").first()).toBeVisible();
  await goTo(app, "title text NOT NULL");
  await app.keyboard.insertText(",\n    subtitle text");
  expect(await tableCount(app)).toBe(3);
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  await expect(app.getByTestId("table").filter({ hasText: "subtitle" })).toHaveCount(1);
  await expect(app.getByTestId("table").filter({ hasText: "stars" })).toHaveCount(1);
});

test("a table renamed in the text keeps its place, and edits of the design reach the text", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  const apart = async (name) => {
    const [one, two] = await Promise.all([name, "public.book"].map((it) => app.locator(`[data-name="${it}"]`).boundingBox()));
    return { x: one.x - two.x, y: one.y - two.y };
  };
  const before = await apart("public.author");
  await app.getByTestId("beside").click();
  await editor(app).waitFor();
  await goTo(app, "CREATE TABLE author");
  for (const letter of "ess") await app.keyboard.type(letter);
  await expect(app.locator('[data-name="public.authoress"]')).toBeVisible();
  await expect.poll(() => names(app)).toEqual(["public.authoress", "public.book", "public.review"]);
  // The reference is put right by hand; until then it is told.
  await expect(app.getByTestId("sql-problems")).toContainText("author");
  await goTo(app, "REFERENCES author");
  await app.keyboard.type("ess");
  await expect(app.getByTestId("sql-problems")).toBeHidden();
  await expect(app.getByTestId("edge")).toHaveCount(2);

  await app.locator('[data-name="public.authoress"]').click();
  const name = app.getByTestId("inspector").getByTestId("table-name");
  await name.fill("writer");
  await name.press("Enter");
  await expect(app.getByTestId("sql")).toContainText("CREATE TABLE writer");
  await expect(app.getByTestId("sql")).not.toContainText("authoress");
  await saved(app);
  await app.getByTestId("beside").click();
  await app.getByTestId("fit").click();
  // A name of another length makes a card wider, and what fits the view a little smaller.
  const after = await apart("public.writer");
  expect(Math.abs(after.x - before.x)).toBeLessThan(4);
  expect(Math.abs(after.y - before.y)).toBeLessThan(4);
});

test("the table that the cursor stands in is selected, and the selected table is shown in the text", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA + "-- \n".repeat(3), 3);
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  await app.getByTestId("beside").click();
  await editor(app).waitFor();
  await goTo(app, "stars smallint");
  await expect(app.getByTestId("inspector").getByTestId("table-name")).toHaveValue("review");
  await app.getByTestId("fit").click();
  await app.locator('[data-name="public.author"]').click();
  await expect(app.getByTestId("inspector").getByTestId("table-name")).toHaveValue("author");
  const shown = app.locator(".cm-shown");
  await expect(shown.first()).toHaveText("CREATE TABLE author (");
  await expect(shown.last()).toHaveText(");");
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
});

test("SQL can be written where there is nothing yet", async ({ app }) => {
  await step(app, "sql");
  await app.getByTestId("write-sql").click();
  await editor(app).click();
  await app.keyboard.insertText("CREATE TABLE note (id bigint PRIMARY KEY, body text);");
  await expect.poll(() => tableCount(app)).toBe(1);
  expect(await sqlOf(app)).toContain("CREATE TABLE note");
});
