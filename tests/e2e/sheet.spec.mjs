// A table as a sheet of cells, types completed as they are typed, DBML beside the diagram.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved, sqlOf, step } from "./workplace.mjs";

async function selectTable(page, name) {
  await step(page, "diagram");
  await page.getByTestId("fit").click();
  await page.locator(`[data-name="public.${name}"]`).click({ position: { x: 30, y: 10 } });
  await expect(page.getByTestId("table-name")).toHaveValue(name);
}

/** Pastes a text where the focus is, as the clipboard's keys do; in the page. */
function pasteHere(text) {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

const paste = (page, text) => page.evaluate(pasteHere, text);

async function openSheet(page, table) {
  await selectTable(page, table);
  await page.getByTestId("as-sheet").click();
  await expect(page.getByTestId("sheet").locator("tbody tr").first()).toBeVisible();
}

const cell = (page, line, place) => page.getByTestId("sheet").locator("tbody tr").nth(line).locator("td").nth(place);

test("lines of a spreadsheet become columns in one step, which undo takes back", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await openSheet(app, "author");
  await cell(app, 2, 0).click();
  await paste(app, "Name\tType\tNull\tDefault\tComment\nborn_on\tdate\tyes\t\tA day\nrating\tnumeric(3,1)\t\t0\t\n");
  await expect(cell(app, 3, 1)).toHaveText("numeric(3,1)");
  await expect(app.getByTestId("saved")).toHaveAttribute("data-state", "saved");
  await app.keyboard.press("Escape");
  const sql = await sqlOf(app);
  expect(sql).toMatch(/born_on\s+date,/);
  expect(sql).toMatch(/rating\s+numeric\(3,1\)\s+NOT NULL\s+DEFAULT 0|rating\s+numeric\(3,1\)\s+DEFAULT 0\s+NOT NULL/);
  expect(sql).toContain("'A day'");
  await app.getByTestId("undo").click();
  expect(await sqlOf(app)).not.toContain("born_on");
});

test("a sheet is filled in by keys alone: types are completed, an error stays in its cell", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await openSheet(app, "author");
  await expect(cell(app, 0, 0)).toBeFocused();
  await app.keyboard.press("Control+ArrowDown");
  await app.keyboard.type("born_at");
  await app.keyboard.press("Tab");
  await app.keyboard.type("timestamptz");
  await app.keyboard.press("Tab");
  await app.keyboard.type("yes");
  await app.keyboard.press("Tab");
  await app.keyboard.type("now(");
  await app.keyboard.press("Enter");
  await expect(cell(app, 2, 3)).toHaveAttribute("aria-invalid", "true");
  await cell(app, 2, 3).click();
  await app.keyboard.press("F2");
  await app.keyboard.type("now()");
  await app.keyboard.press("Enter");
  await expect(cell(app, 2, 3)).not.toHaveAttribute("aria-invalid", "true");
  await app.keyboard.press("Escape");
  expect(await sqlOf(app)).toMatch(/born_at\s+timestamptz?.*DEFAULT now\(\)/);
});

test("what is written last is kept though the sheet is closed while the change before it is still on its way", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await openSheet(app, "author");
  await cell(app, 2, 0).click();
  await app.evaluate(`window.pasteHere = ${pasteHere}`);
  // In one go, so that no answer comes in between.
  await app.evaluate(() => {
    window.pasteHere("born_on");
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
    window.pasteHere("date");
    document.querySelector("dialog[open] .dialog__head button").click();
  });
  await expect(app.getByTestId("sheet")).toHaveCount(0);
  await expect.poll(() => sqlOf(app)).toMatch(/born_on\s+date/);
});

test("a change that the worker died of is told again with the next one", async ({ app }) => {
  await app.evaluate(() => {
    const Plain = Worker;
    window.Worker = class extends Plain {
      postMessage(message, ...rest) {
        if (!JSON.stringify(message[1] ?? "").includes("deadly_on")) return super.postMessage(message, ...rest);
        window.died = true;
        setTimeout(() => this.dispatchEvent(new Event("error")), 50);
      }
    };
  });
  await openFile(app, "library.sql", SCHEMA, 3);
  await openSheet(app, "author");
  await cell(app, 2, 0).click();
  await paste(app, "deadly_on\tdate\tyes");
  await expect(app.getByRole("alert").filter({ hasText: "the worker stopped" })).toBeVisible();
  expect(await app.evaluate(() => window.died)).toBe(true);
  await expect(cell(app, 2, 0)).toHaveText("deadly_on");
  await expect(cell(app, 2, 0)).toBeFocused();
  await paste(app, "born_on");
  await expect(cell(app, 2, 0)).toHaveText("born_on");
  await saved(app);
  await app.keyboard.press("Escape");
  await expect.poll(() => sqlOf(app)).toMatch(/born_on\s+date/);
});

test("rows are filled in as values, and kept with the table", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await openSheet(app, "author");
  await app.getByTestId("sheet-rows").click();
  await expect(app.getByTestId("sheet").locator("th").nth(1)).toHaveText("name");
  await cell(app, 0, 1).click();
  await paste(app, "Ursula\nO'Brien\n");
  await expect(cell(app, 1, 1)).toHaveText("O'Brien");
  await saved(app);
  await app.keyboard.press("Escape");
  const sql = await sqlOf(app);
  expect(sql).toContain("'Ursula'");
  expect(sql).toContain("'O''Brien'");
});

test("a type is completed from the types of PostgreSQL and of the design", async ({ app }) => {
  await openFile(app, "moods.sql", "create type mood as enum ('sad', 'glad'); create table person (id int primary key, feels text);", 1);
  await selectTable(app, "person");
  const type = app.getByTestId("column-type").nth(1);
  await type.click();
  await type.fill("");
  await type.pressSequentially("moo");
  await expect(app.getByRole("option", { name: /mood/ })).toBeVisible();
  await expect(type).toHaveAttribute("aria-expanded", "true");
  await app.keyboard.press("ArrowDown");
  await app.keyboard.press("Enter");
  await expect(type).toHaveValue("mood");
  await expect(app.getByRole("listbox")).toHaveCount(0);
  expect(await sqlOf(app)).toMatch(/feels\s+mood/);
});

test("a default is checked as it is typed, and what is no expression is not taken over", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await selectTable(app, "book");
  await app.getByTestId("column-name").nth(3).click();
  const field = app.getByTestId("column-default");
  await field.fill("1 +");
  await expect(app.getByRole("alert").filter({ hasText: /at the end|at `/ })).toBeVisible();
  await field.blur();
  await field.fill("1 + 1");
  await expect(field).toHaveAttribute("aria-invalid", "false");
  await field.blur();
  expect(await sqlOf(app)).toContain("DEFAULT 1 + 1");
});

test("DBML is edited beside the diagram: what it cannot say stays, errors stay in their block", async ({ app }) => {
  await openFile(app, "library.sql", `${SCHEMA} create view authors as select name from author;`, 3);
  await step(app, "diagram");
  await app.getByTestId("beside").click();
  await app.getByTestId("as-dbml").click();
  await expect(app.getByTestId("dbml")).toContainText("Table author {");
  const editor = app.getByTestId("dbml-editor");
  await editor.click();
  await app.keyboard.press("Control+End");
  await app.keyboard.insertText("\nTable shelf {\n  id bigint [pk]\n}\n");
  await expect(app.getByTestId("table-count")).toHaveText("4");
  await app.keyboard.insertText("\nTable broken {\n  = nonsense\n}\n");
  await expect(app.getByTestId("sql-problems")).toContainText("Line");
  await expect(app.getByTestId("table-count")).toHaveText("4");
  const sql = await sqlOf(app).catch(() => "");
  await app.getByTestId("as-sql").click();
  const written = await app.getByTestId("sql").textContent();
  expect(sql + written).toContain("CREATE TABLE shelf");
  expect(written).toContain("CREATE VIEW authors");
  expect(written).toContain("CHECK (pages > 0)");
});
