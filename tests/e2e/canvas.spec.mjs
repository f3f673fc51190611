// Hands on the diagram: mouse, touch and keyboard, and the design that results.

import { expect, test } from "./fixtures.mjs";
import { SCHEMA, drag, openFile, sqlOf, step, tableCount } from "./workplace.mjs";

/** The library of the other tests, on the diagram at natural size with everything in view. */
async function library(app) {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "diagram");
  await app.getByTestId("fit").click();
  await expect(app.getByTestId("table")).toHaveCount(3);
}

const table = (app, name) => app.locator(`[data-testid=table][data-name="public.${name}"]`);

/** Points at the middle of a relationship until that is seen: the view may still be on its way. Where that was. */
async function pointAt(app, edge, seen) {
  const line = app.getByTestId("edge").nth(edge).locator(".edge__line").first();
  let at;
  await expect(async () => {
    at = await line.evaluate((path) => {
      const [point, to] = [path.getPointAtLength(path.getTotalLength() / 2), path.getScreenCTM()];
      return { x: point.x * to.a + to.e, y: point.y * to.d + to.f };
    });
    await app.mouse.move(at.x, at.y);
    await seen();
  }).toPass();
  return at;
}

/** Where a table is on the screen: its box, and a point of its title. */
async function place(app, name) {
  const box = await table(app, name).locator("rect").first().boundingBox();
  return { ...box, title: { x: box.x + 40, y: box.y + 12 } };
}

/** The point of a column's row, or of its side. */
async function row(app, name, column, side = false) {
  const text = await table(app, name).getByText(column, { exact: true }).boundingBox();
  const box = await place(app, name);
  return { x: side ? box.x + box.width - 2 : text.x + text.width / 2, y: text.y + text.height / 2 };
}

const click = (app, at, options) => app.mouse.click(at.x, at.y, options);

/** Opens the menu of a point and chooses from it. */
async function choose(app, at, item) {
  await click(app, at, { button: "right" });
  await app.getByTestId("menu").getByRole("menuitem", { name: item }).click();
  await expect(app.getByTestId("menu")).toHaveCount(0);
}

async function select(app, ...names) {
  for (const [index, name] of names.entries()) {
    if (index > 0) await app.keyboard.down("Shift");
    await click(app, (await place(app, name)).title);
    if (index > 0) await app.keyboard.up("Shift");
  }
}

const selected = (app) => app.locator(".table-card--selected").evaluateAll((all) => all.map((it) => it.dataset.name).sort());

test.describe("several tables", () => {
  test("Shift adds to the selection and takes away, and a lasso selects what it touches", async ({ app }) => {
    await library(app);
    await select(app, "author", "book");
    expect(await selected(app)).toEqual(["public.author", "public.book"]);
    await select(app, "review");
    expect(await selected(app)).toEqual(["public.review"]);
    const boxes = await Promise.all(["author", "book", "review"].map((it) => place(app, it)));
    const left = Math.min(...boxes.map((it) => it.x)) - 15;
    const top = Math.min(...boxes.map((it) => it.y)) - 15;
    const right = Math.max(...boxes.map((it) => it.x + it.width)) + 10;
    const bottom = Math.max(...boxes.map((it) => it.y + it.height)) + 10;
    await app.keyboard.down("Shift");
    await drag(app, { x: left, y: top }, { x: right, y: bottom });
    await app.keyboard.up("Shift");
    expect(await selected(app)).toHaveLength(3);
  });

  test("those selected are dragged together, and one undo brings both back", async ({ app }) => {
    await library(app);
    await select(app, "author", "book");
    const before = await Promise.all(["author", "book", "review"].map((it) => place(app, it)));
    await drag(app, before[0].title, { x: before[0].title.x + 64, y: before[0].title.y + 96 });
    const after = await Promise.all(["author", "book", "review"].map((it) => place(app, it)));
    const way = (at) => [Math.round(after[at].x - before[at].x), Math.round(after[at].y - before[at].y)];
    expect(way(0)).toEqual(way(1));
    expect(Math.abs(way(0)[0] - 64)).toBeLessThanOrEqual(9);
    expect(way(2)).toEqual([0, 0]);
    await app.getByTestId("undo").click();
    await expect.poll(async () => Math.round((await place(app, "author")).x)).toBe(Math.round(before[0].x));
  });

  test("tables are put in line, at equal distances, and moved by steps with the keyboard", async ({ app }) => {
    await library(app);
    await app.keyboard.press("Control+a");
    await app.getByTestId("canvas").focus();
    await app.keyboard.press("Control+a");
    const at = (await place(app, "book")).title;
    await choose(app, at, "Align left edges");
    const lefts = async () => Promise.all(["author", "book", "review"].map(async (it) => Math.round((await place(app, it)).x)));
    await expect.poll(async () => new Set(await lefts()).size).toBe(1);
    await choose(app, (await place(app, "book")).title, "Distribute down");
    const boxes = (await Promise.all(["author", "book", "review"].map((it) => place(app, it)))).sort((a, b) => a.y - b.y);
    const gaps = [boxes[1].y - boxes[0].y - boxes[0].height, boxes[2].y - boxes[1].y - boxes[1].height];
    expect(Math.abs(gaps[0] - gaps[1])).toBeLessThan(2);
    const before = await lefts();
    await app.keyboard.press("Alt+ArrowRight");
    await app.keyboard.press("Alt+ArrowRight");
    await expect.poll(async () => (await lefts())[0] - before[0]).toBeGreaterThan(15);
  });

  test("a dragged table snaps to its neighbours, whose guide line shows to what", async ({ app }) => {
    await library(app);
    const [author, book] = [await place(app, "author"), await place(app, "book")];
    await app.mouse.move(author.title.x, author.title.y);
    await app.mouse.down();
    await app.mouse.move(author.title.x + 30, author.title.y + 30, { steps: 3 });
    await app.mouse.move(author.title.x + book.x - author.x + 3, author.title.y + book.y - author.y - 300, { steps: 6 });
    await expect(app.getByTestId("guide")).toHaveCount(1);
    await app.mouse.up();
    await expect(app.getByTestId("guide")).toHaveCount(0);
    expect(Math.abs((await place(app, "author")).x - book.x)).toBeLessThan(1);
  });

  test("copies have names of their own and reference what their originals do", async ({ app }) => {
    await library(app);
    await select(app, "book", "review");
    await app.keyboard.press("Control+d");
    await expect.poll(() => tableCount(app)).toBe(5);
    const sql = await sqlOf(app);
    expect(sql).toContain("CREATE TABLE book_2");
    expect(sql).toMatch(/review_2[\s\S]*REFERENCES book_2 \(id\)/);
  });

  test("tables are copied as SQL, and pasted with what they reference", async ({ app }) => {
    await library(app);
    await select(app, "book");
    await app.keyboard.press("Control+c");
    const text = await app.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain("CREATE TABLE book");
    expect(text).toContain("REFERENCES author");
    expect(text).not.toContain("CREATE TABLE author");
    await app.keyboard.press("Control+v");
    await expect.poll(() => tableCount(app)).toBe(4);
    expect(await selected(app)).toEqual(["public.book_2"]);
    await app.evaluate(() => navigator.clipboard.writeText("create table shelf (id bigint primary key, book_id bigint references book (id));"));
    await app.getByTestId("canvas").focus();
    await app.keyboard.press("Control+v");
    await expect.poll(() => tableCount(app)).toBe(5);
    expect(await sqlOf(app)).toMatch(/CREATE TABLE shelf[\s\S]*REFERENCES book \(id\)/);
  });

  test("deleting shows first what depends on it, and undo brings all of it back", async ({ app }) => {
    await library(app);
    const before = await sqlOf(app);
    await step(app, "diagram");
    await select(app, "author");
    await app.keyboard.press("Delete");
    const review = app.getByTestId("review");
    await expect(review).toContainText(/author_id/);
    expect(await tableCount(app)).toBe(3);
    await app.getByTestId("accept").click();
    await expect.poll(() => tableCount(app)).toBe(2);
    await app.getByTestId("undo").click();
    expect(await sqlOf(app)).toBe(before);
  });
});

test.describe("drawing and naming", () => {
  test("pulling from a column to a table makes column, key and index; to a column, only the key", async ({ app }) => {
    await library(app);
    await drag(app, await row(app, "review", "id", true), (await place(app, "author")).title);
    await expect(app.getByTestId("edge")).toHaveCount(3);
    expect(await sqlOf(app)).toMatch(/CREATE INDEX \S+ ON \w+ \((review|author)_id\)/);
    await step(app, "diagram");
    await drag(app, await row(app, "book", "title", true), await row(app, "author", "id"));
    await expect(app.locator(".message")).toContainText(/cannot|No reference/);
  });

  test("a relationship says its columns and actions when it is pointed at, is selected, or where all are asked to", async ({ app }) => {
    await library(app);
    const labels = app.getByTestId("edge-labels").locator("text");
    await expect(labels).toHaveCount(0);
    await app.getByTestId("canvas").focus();
    await app.keyboard.press("l");
    await expect(labels).toHaveText([/^author_id/, /^book_id/]);
    await app.keyboard.press("l");
    await expect(labels).toHaveCount(0);
    const label = app.getByTestId("hovered-label");
    const at = await pointAt(app, 1, () => expect(label).toHaveText("book_id · ON DELETE CASCADE", { timeout: 1_000 }));
    await app.mouse.click(at.x, at.y);
    await expect(labels).toHaveText(["book_id · ON DELETE CASCADE"]);
  });

  test("a double click renames a table or a column in place; Escape leaves the name", async ({ app }) => {
    await library(app);
    const at = (await place(app, "book")).title;
    await app.mouse.dblclick(at.x, at.y);
    await app.getByTestId("in-place").fill("volume");
    await app.keyboard.press("Enter");
    await expect(table(app, "volume")).toBeVisible();
    const title = await row(app, "volume", "title");
    await app.mouse.dblclick(title.x, title.y);
    await app.getByTestId("in-place").fill("heading");
    await app.keyboard.press("Enter");
    await app.keyboard.press("F2");
    await app.getByTestId("in-place").fill("nothing");
    await app.keyboard.press("Escape");
    const sql = await sqlOf(app);
    expect(sql).toContain("heading text");
    expect(sql).not.toContain("nothing");
  });

  test("a new table stands free of those in its way, and as it was meant where none is", async ({ app }) => {
    await library(app);
    const covers = async (name) => {
      const box = await place(app, name);
      const others = await app.locator("[data-testid=table]").evaluateAll((all) => all.map((it) => [it.dataset.name, it.querySelector("rect").getBoundingClientRect().toJSON()]));
      return others.some(([other, it]) => other !== `public.${name}` && it.left < box.x + box.width && it.right > box.x && it.top < box.y + box.height && it.bottom > box.y);
    };
    // One that takes the middle of the screen.
    const middle = await app.getByTestId("canvas").boundingBox().then((it) => ({ x: it.x + it.width / 2, y: it.y + it.height / 2 }));
    const author = (await place(app, "author")).title;
    await drag(app, author, { x: middle.x, y: middle.y - 20 });
    for (const name of ["new_table", "new_table_2"]) {
      await app.getByTestId("add-table").click();
      await app.keyboard.press("Enter");
      await expect(table(app, name)).toBeInViewport();
      expect(await covers(name), name).toBe(false);
    }
    const canvas = await app.getByTestId("canvas").boundingBox();
    const at = { x: canvas.x + 160, y: canvas.y + canvas.height - 160 };
    await app.mouse.dblclick(at.x, at.y);
    await app.keyboard.press("Enter");
    await expect(table(app, "new_table_3")).toBeInViewport();
    const box = await place(app, "new_table_3");
    expect(box.x < at.x && at.x < box.x + box.width && Math.abs(box.y - at.y) < 20).toBe(true);
  });

  test("a line of name:type anywhere adds a table", async ({ app }) => {
    await library(app);
    await app.keyboard.press("Control+k");
    await app.getByTestId("palette").fill("Order customerId:uuid total:decimal");
    await app.getByRole("option", { name: /Add table Order/ }).click();
    await expect.poll(() => tableCount(app)).toBe(4);
    await app.keyboard.press("Alt+n");
    await expect(app.getByTestId("aggregate")).toBeFocused();
  });

  test("the search flies to its hits as one types", async ({ app }) => {
    await library(app);
    await app.getByTestId("canvas").focus();
    await app.keyboard.press("Control+f");
    await app.getByTestId("find").fill("review");
    await expect.poll(() => selected(app)).toEqual(["public.review"]);
    await app.getByTestId("find").fill("i");
    await expect(app.locator(".find__count")).toContainText(/1 of \d/);
    await app.keyboard.press("Enter");
    await expect(app.locator(".find__count")).toContainText(/2 of \d/);
    await app.keyboard.press("Escape");
    await expect(app.getByTestId("canvas")).toBeFocused();
  });

  test("the palette has what can be done with the selection, and every table", async ({ app }) => {
    await library(app);
    await select(app, "book");
    await app.keyboard.press("Control+k");
    await app.getByTestId("palette").fill("duplicate");
    await app.keyboard.press("Enter");
    await expect.poll(() => tableCount(app)).toBe(4);
  });
});

test.describe("the canvas as a whole", () => {
  test("areas are made of a selection, named, coloured, carry their tables, and go again", async ({ app }) => {
    await library(app);
    await select(app, "author", "book");
    await app.keyboard.press("Control+g");
    await app.getByTestId("in-place").fill("Catalogue");
    await app.keyboard.press("Enter");
    const area = app.locator('[data-testid=area][data-name="Catalogue"]');
    await expect(area).toBeVisible();
    await app.getByTestId("fit").click();
    const box = await area.locator("rect").boundingBox();
    const title = { x: box.x + 40, y: box.y + 14 };
    const before = await Promise.all(["author", "book", "review"].map((it) => place(app, it)));
    await drag(app, title, { x: title.x + 32, y: title.y + 64 });
    const after = await Promise.all(["author", "book", "review"].map((it) => place(app, it)));
    expect(after[0].y - before[0].y).toBeGreaterThan(40);
    expect(after[1].y - before[1].y).toBeGreaterThan(40);
    expect(Math.abs(after[2].y - before[2].y)).toBeLessThan(1);
    const moved = await area.locator("rect").boundingBox();
    await choose(app, { x: moved.x + 40, y: moved.y + 14 }, "Teal");
    await expect(area).toHaveClass(/c2/);
    await choose(app, { x: moved.x + 40, y: moved.y + 14 }, "Delete");
    await expect(area).toHaveCount(0);
    expect(await tableCount(app)).toBe(3);
  });

  test("notes are added, written, moved and deleted", async ({ app }) => {
    await library(app);
    await app.getByTestId("canvas").focus();
    await app.keyboard.press("m");
    await app.getByTestId("in-place").fill("Ask the librarian");
    await app.keyboard.press("Control+Enter");
    const note = app.getByTestId("note");
    await expect(note).toContainText("Ask the librarian");
    const before = await note.locator("rect").boundingBox();
    const at = { x: before.x + 30, y: before.y + before.height - 30 };
    await drag(app, at, { x: at.x + 50, y: at.y - 40 });
    await expect.poll(async () => Math.round((await note.locator("rect").boundingBox()).x - before.x)).toBe(50);
    await app.keyboard.press("Delete");
    await expect(note).toHaveCount(0);
    await app.getByTestId("undo").click();
    const now = await note.locator("rect").boundingBox();
    await choose(app, { x: now.x + 30, y: now.y + 30 }, "Delete");
    await expect(note).toHaveCount(0);
  });

  test("tables are coloured, collapsed, pinned, hidden and shown again", async ({ app }) => {
    await library(app);
    await choose(app, (await place(app, "book")).title, "Red");
    await expect(table(app, "book")).toHaveClass(/c6/);
    const high = (await place(app, "book")).height;
    await app.keyboard.press("c");
    await expect.poll(async () => (await place(app, "book")).height).toBeLessThan(high / 2);
    await app.keyboard.press("p");
    await expect(table(app, "book")).toHaveAttribute("aria-label", /pinned/);
    await app.keyboard.press("h");
    await expect(table(app, "book")).toHaveCount(0);
    await app.getByTestId("more").click();
    await app.getByRole("menuitem", { name: "Show hidden tables" }).click();
    await expect(table(app, "book")).toBeVisible();
  });

  test("a focus shows a table with its neighbours, and then theirs", async ({ app }) => {
    await library(app);
    await select(app, "author");
    await app.keyboard.press("Shift+F");
    await expect(app.getByTestId("table")).toHaveCount(2);
    await app.keyboard.press("Shift+F");
    await expect(app.getByTestId("table")).toHaveCount(3);
    await app.getByTestId("more").click();
    await app.getByRole("menuitem", { name: "Leave the focus" }).click();
    await expect(app.getByTestId("table")).toHaveCount(3);

    // The same two steps in one.
    await select(app, "author");
    await app.getByTestId("more").click();
    await app.getByRole("menuitem", { name: "Focus on it and 2 steps" }).click();
    await expect(app.getByTestId("table")).toHaveCount(3);
    await app.getByTestId("more").click();
    await expect(app.getByRole("menuitem", { name: "Leave the focus" })).toBeVisible();
  });

  test("layouts by grid and star differ, pinned tables stay, and undo brings the places back", async ({ app }) => {
    await library(app);
    const shape = async () => {
      const boxes = await Promise.all(["author", "book", "review"].map((it) => place(app, it)));
      // In steps of half the grid: the view may stand between two pixels.
      return boxes.map((it) => [Math.round((it.x - boxes[0].x) / 8), Math.round((it.y - boxes[0].y) / 8)]).join(" ");
    };
    const before = await shape();
    await app.getByTestId("more").click();
    await app.getByRole("menuitem", { name: "Arrange in a grid by name" }).click();
    await expect(app.locator(".drawing--gliding")).toHaveCount(0);
    const grid = await shape();
    expect(grid).not.toBe(before);
    await choose(app, (await place(app, "book")).title, "Arrange around this table");
    await expect.poll(async () => (await place(app, "review")).x < (await place(app, "book")).x).toBe(true);
    await expect.poll(async () => (await place(app, "author")).x > (await place(app, "book")).x).toBe(true);
    await app.getByTestId("undo").click();
    await expect.poll(shape).toBe(grid);
  });

  test("the minimap shows where one is and goes where it is pressed", async ({ app }) => {
    await library(app);
    // With everything in view there is no map.
    await expect(app.getByTestId("minimap")).toBeHidden();
    await app.getByTestId("canvas").focus();
    for (let step = 0; step < 6; step += 1) await app.keyboard.press("+");
    await expect(app.getByTestId("minimap")).toBeVisible();
    // The frame on the map is what is seen.
    const map = await app.getByTestId("minimap").boundingBox();
    const frame = async () => {
      const { x, y, width, height } = await app.locator(".minimap__view").boundingBox();
      return { left: x - map.x, right: x + width - map.x, top: y - map.y, bottom: y + height - map.y };
    };
    for (const at of [{ x: 30, y: 30 }, { x: map.width - 30, y: map.height - 30 }]) {
      await click(app, { x: map.x + at.x, y: map.y + at.y });
      await expect.poll(async () => (await frame()).left).toBeLessThanOrEqual(at.x);
      const seen = await frame();
      expect(seen.right).toBeGreaterThanOrEqual(at.x);
      expect(seen.top).toBeLessThanOrEqual(at.y);
      expect(seen.bottom).toBeGreaterThanOrEqual(at.y);
    }
  });
});

test("hovering a relationship lights its path and dims the rest", async ({ app }) => {
  await library(app);
  const path = app.locator(".spotlight__path");
  const at = await pointAt(app, 0, () => expect(path).toHaveCount(1, { timeout: 1_000 }));
  // The veil leaves out the two tables that the line joins.
  const isDimmed = async (name) => {
    const { title } = await place(app, name);
    return app.locator(".spotlight__veil").evaluate((veil, at) => {
      const { left, top } = veil.ownerSVGElement.getBoundingClientRect();
      return veil.isPointInFill(new DOMPoint(at.x - left, at.y - top));
    }, title);
  };
  expect(await Promise.all(["author", "book", "review"].map(isDimmed))).toEqual([false, false, true]);
  await app.mouse.move(at.x + 3, at.y - 400);
  await expect(path).toHaveCount(0);
});

test("arrow keys go along relationships and say where one is; the Menu key asks what can be done", async ({ app }) => {
  await library(app);
  await app.getByTestId("canvas").focus();
  await app.keyboard.press("ArrowRight");
  const said = app.getByTestId("said");
  await expect(said).toContainText(/columns/);
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) await app.keyboard.press(key);
  await expect(said).toContainText(/references|referenced by/);
  // Shift adds the one that is come to.
  await app.keyboard.press("Escape");
  await select(app, "review");
  await app.keyboard.press("Shift+ArrowRight");
  expect(await selected(app)).toHaveLength(2);
  expect(await selected(app)).toContain("public.review");
  await app.keyboard.press("Escape");
  await app.keyboard.press("ArrowRight");
  await app.keyboard.press("Shift+F10");
  const menu = app.getByTestId("menu");
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await app.keyboard.press("ArrowDown");
  await app.keyboard.press("Enter");
  await expect.poll(() => tableCount(app)).toBe(4);
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true });

  test("two fingers zoom and move, and one that rests asks for the menu", async ({ app }) => {
    await library(app);
    const client = await app.context().newCDPSession(app);
    const touch = (type, ...points) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const zoom = async () => Number.parseInt(await app.getByTestId("zoom-100").textContent(), 10);
    const before = await zoom();
    await touch("touchStart", [500, 400], [700, 400]);
    for (let step = 1; step <= 5; step += 1) await touch("touchMove", [500 - 20 * step, 400], [700 + 20 * step, 400]);
    await touch("touchEnd");
    await expect.poll(zoom).toBeGreaterThan(before * 1.5);
    await app.getByTestId("fit").click();
    const at = (await place(app, "book")).title;
    await touch("touchStart", [at.x, at.y]);
    await expect(app.getByTestId("menu")).toBeVisible();
    await touch("touchEnd");
    expect(await selected(app)).toEqual(["public.book"]);
  });

  test("a finger draws a reference from the column that it selected", async ({ app }) => {
    await library(app);
    const client = await app.context().newCDPSession(app);
    const touch = (type, ...points) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const [from, to] = [await row(app, "review", "id"), (await place(app, "author")).title];
    await app.touchscreen.tap(from.x, from.y);
    await expect.poll(() => selected(app)).toEqual(["public.review"]);
    await touch("touchStart", [from.x, from.y]);
    for (const part of [0.25, 0.5, 0.75, 1]) {
      await touch("touchMove", [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part]);
    }
    await touch("touchEnd");
    await expect(app.getByTestId("edge")).toHaveCount(3);
    expect(await sqlOf(app)).toMatch(/CREATE INDEX \S+ ON \w+ \((review|author)_id\)/);
  });
});
