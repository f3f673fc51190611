// The main actions at 500 tables, and the design that results.

import { expect, test } from "./fixtures.mjs";
import { openFile, quickAdd, saved, sqlOf, step, tableCount } from "./workplace.mjs";

const COUNT = 500;

/** Tables that reference two earlier ones each. */
function schema() {
  const lines = [];
  for (let at = 0; at < COUNT; at += 1) {
    const references = at > 1 ? [Math.floor(at / 2), at - 1] : [];
    const columns = references.map((to, place) => `  ref_${place} bigint references thing_${to} (id)`);
    lines.push(`create table thing_${at} (\n${["  id bigint primary key", "  label text not null", ...columns].join(",\n")}\n);`);
  }
  return lines.join("\n");
}

test("500 tables are found, renamed, edited as a sheet, moved, described in SQL, and all of it undone", async ({ app }) => {
  await openFile(app, "many.sql", schema(), COUNT);
  await step(app, "diagram");
  await app.getByTestId("fit").click();

  // Found by name: the view flies there and the inspector shows it.
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("Control+f");
  await app.getByTestId("find").fill("thing_321");
  await app.keyboard.press("Enter");
  await app.keyboard.press("Escape");
  await expect(app.getByTestId("table-name")).toHaveValue("thing_321");

  // Renamed where it is, with what references it.
  await app.getByTestId("table-name").fill("renamed_321");
  await app.getByTestId("table-name").press("Enter");
  const drawn = app.locator('[data-name="public.renamed_321"]');
  await expect(drawn).toBeVisible();

  // A column through the sheet.
  await app.getByTestId("as-sheet").click();
  const sheet = app.getByTestId("sheet");
  await expect(sheet.locator("tbody tr").first()).toBeVisible();
  await app.keyboard.press("Control+ArrowDown");
  await app.keyboard.type("weight");
  await app.keyboard.press("Tab");
  await app.keyboard.type("numeric(8,2)");
  await app.keyboard.press("Enter");
  await expect(sheet.locator("tbody tr").nth(4).locator("td").first()).toHaveText("weight");
  await saved(app);
  await app.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);

  // Moved by hand: it stays under the pointer, and nothing else moves.
  await app.getByTestId("zoom-100").click();
  const before = await drawn.locator("rect").first().boundingBox();
  const from = { x: before.x + 40, y: before.y + 12 };
  await app.mouse.move(from.x, from.y);
  await app.mouse.down();
  await app.mouse.move(from.x + 60, from.y + 90, { steps: 6 });
  await app.mouse.up();
  const after = await drawn.locator("rect").first().boundingBox();
  expect(Math.abs(after.y - before.y - 90)).toBeLessThan(26);

  // A table more by the palette, and one by the SQL.
  await quickAdd(app, "from_palette");
  await expect.poll(() => tableCount(app)).toBe(COUNT + 1);
  await step(app, "sql");
  await app.getByTestId("sql-editor").click();
  await app.keyboard.press("Control+End");
  await app.keyboard.insertText("\nCREATE TABLE from_sql (id bigint PRIMARY KEY);\n");
  await expect.poll(() => tableCount(app)).toBe(COUNT + 2);
  await saved(app);
  const sql = await sqlOf(app);
  expect(sql).toMatch(/CREATE TABLE renamed_321 \([^;]*weight\s+numeric\(8,2\)/);
  expect(sql).toContain("REFERENCES renamed_321");
  expect(sql).not.toContain("thing_321 ");

  for (const undo = app.getByTestId("undo"); await undo.isEnabled(); ) await undo.click();
  await expect.poll(() => tableCount(app)).toBe(COUNT);
  expect(await sqlOf(app)).toContain("CREATE TABLE thing_321 (");
});
