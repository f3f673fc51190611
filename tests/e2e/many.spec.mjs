// The main actions at 500 tables, and the design that results.

import { expect, test } from "./fixtures.mjs";
import { drag, openFile, quickAdd, saved, sqlOf, step, tableCount } from "./workplace.mjs";

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

/** A table as it is drawn. */
const card = (app, name) => app.locator(`[data-testid=table][data-name="public.${name}"]`);

/** Where a table stands on the screen. */
const box = (app, name) => card(app, name).locator("rect").first().boundingBox();

/** Brings a table into view by the search, selected. */
async function find(app, name) {
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("Control+f");
  await app.getByTestId("find").fill(name);
  await app.keyboard.press("Enter");
  await app.keyboard.press("Escape");
  await expect(app.getByTestId("table-name")).toHaveValue(name);
}

/** Does what the menu of the selection offers. */
async function act(app, item) {
  await app.getByTestId("more").click();
  await app.getByTestId("menu").getByRole("menuitem", { name: new RegExp(`^${item}\\b`) }).click();
  await expect(app.getByTestId("menu")).toHaveCount(0);
}

test("at 500 tables what is selected is duplicated, coloured, collapsed, pinned, hidden, put in areas, focused on, noted and deleted", async ({ app }) => {
  test.setTimeout(180_000);
  await openFile(app, "many.sql", schema(), COUNT);
  await step(app, "diagram");

  await find(app, "thing_250");
  await app.keyboard.press("Control+d");
  await expect.poll(() => tableCount(app)).toBe(COUNT + 1);
  await expect(app.getByTestId("table-name")).toHaveValue("thing_250_2");
  await act(app, "Green");
  await expect(card(app, "thing_250_2")).toHaveClass(/\bc3\b/);
  await act(app, "Collapse");
  await expect(card(app, "thing_250_2").locator(".table-card__name")).toHaveCount(0);
  await act(app, "Pin");
  await expect(card(app, "thing_250_2").locator(".table-card__pin")).toHaveCount(1);

  // Renamed in place, by keys.
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("F2");
  await app.getByTestId("in-place").fill("copied");
  await app.keyboard.press("Enter");
  await expect(card(app, "copied")).toBeVisible();

  // Arrow keys lead to another table and back.
  await app.keyboard.press("ArrowRight");
  await expect(app.getByTestId("said")).not.toBeEmpty();
  await find(app, "copied");

  await act(app, "Make an area");
  await app.getByTestId("in-place").fill("Copies");
  await app.keyboard.press("Enter");
  await expect(app.getByTestId("area")).toHaveAttribute("data-name", "Copies");

  await app.keyboard.press("m");
  await app.getByTestId("in-place").fill("Ask the warden");
  await app.keyboard.press("Control+Enter");
  await expect(app.getByTestId("note")).toHaveText("Ask the warden");

  // A focus draws what is near alone; the end of it draws all again.
  await find(app, "thing_300");
  await app.keyboard.press("Shift+F");
  await expect.poll(() => app.getByTestId("table").count()).toBeLessThan(8);
  await act(app, "Leave the focus");
  await expect.poll(() => app.getByTestId("table").count()).toBeGreaterThan(100);

  await find(app, "thing_301");
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("h");
  await expect(card(app, "thing_301")).toHaveCount(0);
  await act(app, "Show hidden tables");
  await app.getByTestId("fit").click();
  await expect(card(app, "thing_301")).toHaveCount(1);

  // What others reference goes with their references, which is shown first.
  await find(app, "thing_100");
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("Delete");
  await expect(app.getByTestId("review")).toContainText("thing_200");
  await app.getByTestId("accept").click();
  await expect.poll(() => tableCount(app)).toBe(COUNT);

  await saved(app);
  const sql = await sqlOf(app);
  expect(sql).toContain("CREATE TABLE copied (");
  expect(sql).not.toMatch(/REFERENCES thing_100 /);
  expect(sql).toMatch(/CREATE TABLE thing_200 \([^;]*ref_0/);
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 }, isMobile: true });

  test("at 500 tables names can be read from afar, two fingers zoom in, one moves the view, and a tap selects", async ({ app }) => {
    await openFile(app, "many.sql", schema(), COUNT);
    await step(app, "diagram");
    await app.getByTestId("fit").tap();
    const names = app.getByTestId("far-names").locator("text");
    await expect.poll(() => names.count()).toBeGreaterThan(3);
    const boxes = await names.evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON()));
    for (const [at, one] of boxes.entries()) {
      expect(one.height, "large enough to be read").toBeGreaterThan(9);
      for (const other of boxes.slice(at + 1)) {
        const apart = one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
        expect(apart, "no name over another").toBe(true);
      }
    }

    const client = await app.context().newCDPSession(app);
    const touch = (type, ...points) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const zoom = async () => Number.parseInt(await app.getByTestId("zoom-100").textContent(), 10);
    const afar = await zoom();
    for (let time = 0; time < 2; time += 1) {
      await touch("touchStart", [160, 400], [230, 400]);
      for (let by = 1; by <= 5; by += 1) await touch("touchMove", [160 - 20 * by, 400], [230 + 20 * by, 400]);
      await touch("touchEnd");
    }
    await expect.poll(zoom).toBeGreaterThan(afar * 3);
    // Natural size keeps the nearest table in the middle of the screen, with its own title instead of a far name.
    await app.getByTestId("zoom-100").tap();
    await expect(names).toHaveCount(0);
    const title = await app.getByTestId("table").evaluateAll((all) => {
      const at = all.map((it) => [it.dataset.name, it.querySelector("rect").getBoundingClientRect()]);
      const points = at.map(([name, box]) => ({ name, x: box.left + 20, y: box.top + 6 }));
      return points.find(({ x, y }) => x > 10 && x < 380 && y > 160 && y < 680);
    });
    expect(title, "a title on the screen").toBeTruthy();
    await app.touchscreen.tap(title.x, title.y);
    await expect(app.locator(".table-card--selected")).toHaveAttribute("data-name", title.name);
  });
});

test("at 500 tables a hand lassoes, aligns, renames in place, copies, goes by the map, and arranges", async ({ app }) => {
  test.setTimeout(180_000);
  await openFile(app, "many.sql", schema(), COUNT);
  await step(app, "diagram");
  await app.getByTestId("zoom-100").click();
  await find(app, "thing_250");
  await app.getByTestId("zoom-100").click();

  // Those that are wholly in view, by a lasso around everything in view.
  const view = await app.getByTestId("canvas").boundingBox();
  const selected = () => app.locator(".table-card--selected").evaluateAll((all) => all.map((it) => it.dataset.name.slice(7)));
  await app.keyboard.press("Escape");
  await app.keyboard.down("Shift");
  await drag(app, { x: view.x + 4, y: view.y + 60 }, { x: view.x + view.width - 190, y: view.y + view.height - 4 });
  await app.keyboard.up("Shift");
  await expect.poll(async () => (await selected()).length).toBeGreaterThan(3);
  const names = (await selected()).slice(0, 3);
  await find(app, names[0]);
  await app.keyboard.press("Escape");
  await find(app, names[0]);
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => (await selected()).length).toBe(2);
  const pair = await selected();
  await act(app, "Align left edges");
  await expect.poll(async () => Math.abs((await box(app, pair[0])).x - (await box(app, pair[1])).x)).toBeLessThan(1);
  const before = await box(app, pair[0]);
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("Alt+ArrowRight");
  await expect.poll(async () => Math.round((await box(app, pair[0])).x - before.x)).not.toBe(0);

  // What is copied is pasted with what it references.
  await app.keyboard.press("Control+c");
  await app.keyboard.press("Control+v");
  await expect.poll(() => tableCount(app)).toBe(COUNT + 2);
  await app.getByTestId("undo").click();

  // A name written in place.
  await find(app, pair[0]);
  await expect(app.locator(".drawing--gliding")).toHaveCount(0);
  const title = await box(app, pair[0]);
  await app.mouse.dblclick(title.x + 40, title.y + 12);
  await app.getByTestId("in-place").fill("by_hand");
  await app.keyboard.press("Enter");
  await expect(card(app, "by_hand")).toBeVisible();

  // The map leads to the other end, and a layout brings everything into view.
  const map = await app.getByTestId("minimap").boundingBox();
  await app.mouse.click(map.x + map.width - 20, map.y + 20);
  await expect(card(app, "by_hand")).toHaveCount(0);
  await app.getByTestId("more").click();
  await app.getByRole("menuitem", { name: "Arrange in a grid by name" }).click();
  await expect.poll(() => app.getByTestId("table").count(), { timeout: 30_000 }).toBeGreaterThan(400);
  await saved(app);
});

test("at 500 tables a hand pulls a reference, lets a table snap to another, distributes, and moves the view by trackpad", async ({ app }) => {
  test.setTimeout(180_000);
  await openFile(app, "many.sql", schema(), COUNT);
  await step(app, "diagram");
  const view = await app.getByTestId("canvas").boundingBox();
  /** The tables whose titles are in the open, by how near they are to the middle. */
  const near = async () => {
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    const all = await app.getByTestId("table").evaluateAll((all) =>
      all.map((it) => ({ name: it.dataset.name.slice(7), box: it.querySelector("rect").getBoundingClientRect().toJSON() })),
    );
    const inside = all.filter(({ box }) => box.x > view.x + 8 && box.x + box.width < view.x + view.width - 200 && box.y > view.y + 60 && box.bottom < view.y + view.height - 140);
    return inside.sort((a, b) => Math.hypot(a.box.x - middle.x, a.box.y - middle.y) - Math.hypot(b.box.x - middle.x, b.box.y - middle.y));
  };
  await find(app, "thing_250");
  await app.getByTestId("zoom-100").click();
  await app.keyboard.press("Escape");

  // From the side of a column to another table: a column, its key and its index, and nothing else.
  const [from, to] = await near();
  const id = await card(app, from.name).getByText("id", { exact: true }).boundingBox();
  const before = await sqlOf(app);
  await step(app, "diagram");
  await drag(app, { x: from.box.x + from.box.width - 2, y: id.y + id.height / 2 }, { x: to.box.x + 40, y: to.box.y + 12 });
  const lines = new Set(before.split("\n"));
  const added = (await sqlOf(app)).split("\n").filter((it) => !lines.has(it) && it.trim() !== "");
  expect(added.filter((it) => it.includes("REFERENCES"))).toHaveLength(1);
  expect(added.filter((it) => it.includes("CREATE INDEX"))).toHaveLength(1);
  await app.getByTestId("undo").click();
  expect(await sqlOf(app)).toBe(before);
  await step(app, "diagram");

  // A trackpad sends many small steps, with parts of pixels: what is under the two fingers goes along.
  const start = await box(app, from.name);
  await app.mouse.move(view.x + view.width / 2, view.y + view.height / 2);
  for (let time = 0; time < 20; time += 1) await app.mouse.wheel(3.25, -4.5);
  await expect.poll(async () => Math.round((await box(app, from.name)).x - start.x)).toBe(-65);
  expect(Math.round((await box(app, from.name)).y - start.y)).toBe(90);
  // At rest what was moved as a layer is painted where it stands.
  await expect(app.locator(".pane--moving")).toHaveCount(0);
  const rested = await box(app, from.name);
  expect([Math.round(rested.x - start.x), Math.round(rested.y - start.y)]).toEqual([-65, 90]);

  // A table in the hand snaps to another's side, which a line shows.
  const [held, other] = [await box(app, from.name), await box(app, to.name)];
  const grip = { x: held.x + 40, y: held.y + 12 };
  await app.mouse.move(grip.x, grip.y);
  await app.mouse.down();
  await app.mouse.move(grip.x + 30, grip.y + 30, { steps: 3 });
  await app.mouse.move(grip.x + other.x - held.x + 3, grip.y + 160, { steps: 6 });
  await expect(app.getByTestId("guide")).not.toHaveCount(0);
  await app.mouse.up();
  await expect(app.getByTestId("guide")).toHaveCount(0);
  expect(Math.abs((await box(app, from.name)).x - other.x)).toBeLessThan(1);

  // Three, at equal distances below each other; a little further away there are as many in the open.
  await app.mouse.move(view.x + view.width / 2, view.y + view.height / 2);
  await app.keyboard.down("Control");
  for (let time = 0; time < 12; time += 1) await app.mouse.wheel(0, 100);
  await app.keyboard.up("Control");
  await expect.poll(async () => (await near()).length).toBeGreaterThan(3);
  const [first, second, third] = (await near()).map((it) => it.name);
  await app.keyboard.press("Escape");
  for (const name of [first, second, third]) {
    const at = await box(app, name);
    await app.keyboard.down("Shift");
    await app.mouse.click(at.x + 20, at.y + 6);
    await app.keyboard.up("Shift");
  }
  await expect.poll(() => app.locator(".table-card--selected").count()).toBe(3);
  await act(app, "Distribute down");
  const tall = async () => (await Promise.all([first, second, third].map((it) => box(app, it)))).sort((a, b) => a.y - b.y);
  await expect
    .poll(async () => {
      const [a, b, c] = await tall();
      return Math.abs(b.y - a.y - a.height - (c.y - b.y - b.height));
    })
    .toBeLessThan(2);
});

/** How many of the drawn lines go through a card that is drawn, on the way between their ends. */
const throughCards = (app) =>
  app.evaluate(() => {
    const numbers = (it) => it.match(/-?[\d.]+/g).map(Number);
    const cards = [...document.querySelectorAll('[data-testid="table"]')].map((it) => it.getBoundingClientRect());
    const within = (box, card) => box.left < card.right - 2 && box.right > card.left + 2 && box.top < card.bottom - 2 && box.bottom > card.top + 2;
    return [...document.querySelectorAll(".edge--far .edge__line")].filter((line) => {
      const matrix = line.getScreenCTM();
      const all = numbers(line.getAttribute("d"));
      const corners = all.flatMap((x, at) => (at % 2 ? [] : [new DOMPoint(x, all[at + 1]).matrixTransform(matrix)]));
      return corners.slice(1).some((to, at) => {
        const from = corners[at];
        const box = { left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y) };
        return cards.some((card) => within(box, card));
      });
    }).length;
  });

test("at 500 tables every line finds a way around the tables", async ({ app }) => {
  await openFile(app, "many.sql", schema(), COUNT);
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  await expect.poll(() => app.locator(".edge--far .edge__line").count()).toBeGreaterThan(COUNT);
  await expect.poll(() => throughCards(app)).toBe(0);
});
