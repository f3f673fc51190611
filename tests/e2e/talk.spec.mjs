// The conversation: asked in words, looked at, decided, kept.

import { test, expect } from "./fixtures.mjs";
import { BRIEF, SCHEMA, describe, openFile, sqlOf, step, tableCount } from "./workplace.mjs";

async function ask(app, text) {
  if (!(await app.getByTestId("talk").isVisible())) await app.getByTestId("talk-open").click();
  await app.getByTestId("ask").fill(text);
  await app.getByTestId("ask").press("Enter");
}

test("a change asked for in words is looked at as parts, SQL and picture, accepted, and undone", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  const before = await sqlOf(app);
  await ask(app, "add an optional subtitle to books; make pages of books required");
  await expect(app.getByTestId("review")).toContainText("column `book.subtitle` added");
  await app.getByTestId("review-sql").click();
  await expect(app.getByTestId("review-lines")).toContainText("+  subtitle text");
  await app.getByTestId("review-picture").click();
  await expect(app.getByTestId("review-image")).toBeVisible();
  expect(await app.getByTestId("review-image").evaluate((it) => it.complete && it.naturalWidth > 100)).toBe(true);
  await app.getByTestId("decision-why").fill("Readers look for it.");
  await app.getByTestId("accept").click();
  expect(await sqlOf(app)).toContain("subtitle text");
  await expect(app.getByTestId("decision")).toContainText("Readers look for it.");
  await app.getByTestId("undo").click();
  await expect.poll(() => sqlOf(app)).toBe(before);
  await expect(app.getByTestId("decision")).toHaveCount(0);
});

test("a proposal shows the migration that it means, with its locks, and follows the parts that are chosen", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await ask(app, "make pages of books required; add an optional subtitle to books");
  await app.getByTestId("review-migration").click();
  const steps = app.getByTestId("plan-step");
  await expect(steps.filter({ hasText: "ALTER COLUMN pages SET NOT NULL;" })).toContainText("ACCESS EXCLUSIVE on book: reading and writing wait");
  await expect(steps.filter({ hasText: "ADD COLUMN subtitle text;" })).toHaveCount(1);
  await expect(app.getByTestId("plan-checks")).toContainText("SELECT count(*) FROM book WHERE pages IS NULL; -- must be 0");
  await expect(app.getByTestId("plan-risks")).toContainText("under a lock that keeps everybody out");
  await app.getByTestId("plan-back").locator("summary").click();
  await expect(app.getByTestId("plan-back")).toContainText("ALTER COLUMN pages DROP NOT NULL;");
  await app.getByTestId("plan-copy").click();
  const copied = await app.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^ALTER TABLE [\s\S]*SET NOT NULL;/);
  expect(await steps.count()).toBe(copied.trim().split("\n").length);
  await app.getByTestId("review-parts").click();
  await app.getByTestId("review").getByRole("checkbox").last().uncheck();
  await app.getByTestId("review-migration").click();
  await expect(steps).toHaveCount(1);
  await expect(steps).toContainText("ALTER COLUMN pages SET NOT NULL;");
});

test("the migration is reached with the keyboard alone", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await app.keyboard.press("Alt+a");
  await expect(app.getByTestId("ask")).toBeFocused();
  await app.keyboard.type("drop table reviews");
  await app.keyboard.press("Enter");
  await expect(app.getByTestId("review")).toBeVisible();
  await app.getByTestId("review-parts").focus();
  await app.keyboard.press("Tab");
  await app.keyboard.press("Tab");
  await expect(app.getByTestId("review-migration")).toBeFocused();
  await app.keyboard.press("Enter");
  await expect(app.getByTestId("plan-step")).toContainText("DROP TABLE review;");
  await expect(app.getByTestId("plan-risks")).toContainText("its rows are gone");
  await expect(app.getByTestId("review-migration")).toHaveAttribute("aria-pressed", "true");
});

test("a part is left out, and the decision says so; a refusal is kept too", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await ask(app, "add a subtitle to books; add a photo url to authors");
  const boxes = app.getByTestId("review").getByRole("checkbox");
  await boxes.nth((await boxes.count()) - 1).uncheck();
  await app.getByTestId("accept").click();
  const sql = await sqlOf(app);
  expect(sql).toContain("subtitle");
  expect(sql).not.toContain("photo");
  await expect(app.getByTestId("decision")).toContainText("Not taken");
  await ask(app, "drop table reviews");
  await app.getByTestId("refuse").click();
  expect(await tableCount(app)).toBe(3);
  await expect(app.getByTestId("decision").nth(1)).toContainText("Not done: drop table reviews");
});

test("what is not understood is said with what can be asked, and can be read as a further brief", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await ask(app, "A shelf has a label and a number. Each book stands on a shelf.");
  await expect(app.getByTestId("told")).toContainText("is not understood");
  await expect(app.getByTestId("nearest").getByRole("button").first()).toBeVisible();
  await app.getByTestId("read-on").click();
  await expect(app.getByTestId("review")).toContainText("Add table shelf");
  await expect(app.getByTestId("review")).not.toContainText("Add table book");
  await app.getByTestId("accept").click();
  await expect.poll(() => tableCount(app)).toBe(4);
});

test("a decision is written, changed and taken away as a document", async ({ app }) => {
  await app.getByTestId("talk-open").click();
  await app.getByTestId("note-decision").click();
  await app.getByTestId("decision-title").fill("One list of people");
  await app.getByTestId("decision-rejected").fill("A table for each role");
  await app.getByTestId("decision-done").click();
  await expect(app.getByTestId("decision")).toContainText("A table for each role");
  await app.getByRole("button", { name: "Edit One list of people" }).click();
  await app.getByTestId("decision-reason").fill("Roles change.");
  await app.getByTestId("decision-done").click();
  await expect(app.getByTestId("decision")).toContainText("Roles change.");
  const [file] = await Promise.all([app.waitForEvent("download"), app.getByTestId("decisions-md").click()]);
  expect(file.suggestedFilename()).toBe("design-decisions.md");
  const chunks = [];
  for await (const it of await file.createReadStream()) chunks.push(it);
  expect(Buffer.concat(chunks).toString()).toContain("One list of people");
});

test("an edited brief changes what it changes, and leaves what was done by hand", async ({ app }) => {
  await describe(app);
  await ask(app, "add a soil type to plots");
  await app.getByTestId("accept").click();
  await app.keyboard.press("Escape");
  await step(app, "describe");
  await app.getByTestId("brief").fill(BRIEF.replace("a name, an email and a phone number", "a name, an email and a birthday"));
  await app.getByTestId("revise").click();
  await expect(app.getByTestId("review")).toContainText(/birth/);
  await expect(app.getByTestId("review")).toContainText(/phone/);
  await app.getByTestId("accept").click();
  const sql = await sqlOf(app);
  expect(sql).toContain("soil_type");
  expect(sql).toMatch(/birth/);
  expect(sql).not.toContain("phone");
  await step(app, "describe");
  await expect(app.getByTestId("revise")).toHaveCount(0);
});

test("the conversation is had with the keyboard alone", async ({ app }) => {
  await openFile(app, "books.sql", SCHEMA, 3);
  await app.keyboard.press("Alt+a");
  await expect(app.getByTestId("ask")).toBeFocused();
  await app.keyboard.type("rename title of books to name");
  await app.keyboard.press("Enter");
  await expect(app.getByTestId("review")).toContainText("renamed");
  await app.getByTestId("accept").focus();
  await app.keyboard.press("Enter");
  expect(await sqlOf(app)).toMatch(/CREATE TABLE book \([\s\S]*\bname text/);
});

test.describe("in German on a phone", () => {
  test.use({ locale: "de-DE", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the migration fits, and says who waits", async ({ app }) => {
    await openFile(app, "books.sql", SCHEMA, 3);
    await ask(app, "make pages of books required");
    await app.getByTestId("review-migration").tap();
    await expect(app.getByTestId("plan-step")).toContainText("ACCESS EXCLUSIVE auf book: Lesen und Schreiben warten");
    const wide = await app.getByTestId("plan").evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(wide).toBe(0);
    await expect(app.getByTestId("accept")).toBeInViewport({ ratio: 1 });
  });
});
