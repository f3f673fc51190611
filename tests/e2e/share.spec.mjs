// Sharing: the link as a QR code, embedded in another page, and back from somebody else.

import jsqr from "jsqr";
import { expect, open, test } from "./fixtures.mjs";
import { SCHEMA, openFile, saved, shareLink, sqlOf, step, tableCount } from "./workplace.mjs";

/** The pixels of an SVG document, drawn at so many pixels; as text on their way, since numbers one by one take half a minute. */
const pixels = async (page, svg, size) => {
  const text = await page.evaluate(
    async ([svg, size]) => {
      const image = new Image(size, size);
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0, size, size);
      const bytes = context.getImageData(0, 0, size, size).data;
      return btoa(Array.from(bytes, (it) => String.fromCharCode(it)).join(""));
    },
    [svg, size],
  );
  return new Uint8ClampedArray(Buffer.from(text, "base64"));
};

test("the QR code of a link is the link, to a decoder that is not ours", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await app.getByTestId("share").click();
  await expect.poll(() => app.getByTestId("share-link").inputValue()).toContain("#d=");
  await app.getByTestId("show-code").click();
  const code = app.getByTestId("link-code");
  await expect(code).toBeVisible();
  const size = 900;
  const read = jsqr(await pixels(app, await code.innerHTML(), size), size, size);
  expect(read?.data).toBe(await app.getByTestId("share-link").inputValue());
});

test("a link that is long says so and offers the file instead", async ({ app }) => {
  const name = (at) => `t${((at + 1) * 2654435761 % 4294967296).toString(36)}`;
  const table = (_, at) => `CREATE TABLE ${name(at)} (${name(at + 1000)} text, ${name(at + 2000)} bytea, ${name(at + 3000)} date);`;
  await openFile(app, "long.sql", Array.from({ length: 400 }, table).join("\n"), 400);
  await app.getByTestId("share").click();
  await expect.poll(() => app.getByTestId("share-link").inputValue()).toContain("#d=");
  const [file] = await Promise.all([app.waitForEvent("download"), app.getByTestId("link-file").click()]);
  expect(file.suggestedFilename()).toBe("long.relata.json");
});

test("an embedded design is read and not changed, keeps nothing, and opens as a copy", async ({ app, context, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  const link = await shareLink(app);
  await saved(app);
  const page = await context.newPage();
  await open(page, link.replace("#d=", "?embed#d="));
  await expect(page.getByTestId("table")).toHaveCount(3);
  await expect(page.getByTestId("share")).toBeHidden();
  const box = await page.locator('[data-name="public.author"] rect').first().boundingBox();
  await page.mouse.move(box.x + 30, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 130, box.y + 112, { steps: 5 });
  await page.mouse.up();
  await page.getByTestId("canvas").focus();
  await page.keyboard.press("n");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.getByTestId("table")).toHaveCount(3);
  const after = await page.locator('[data-name="public.author"] rect').first().boundingBox();
  // A selected table has a thicker line, and stands where it stood.
  expect(Math.abs(after.x - box.x) + Math.abs(after.y - box.y)).toBeLessThan(4);
  const [copy] = await Promise.all([context.waitForEvent("page"), page.getByTestId("open-copy").click()]);
  await expect.poll(() => tableCount(copy)).toBe(3);
  await expect(copy.getByTestId("share")).toBeVisible();
  // What was open here before is as it was, and the copy is a design of its own.
  await copy.getByTestId("designs").click();
  await expect(copy.getByTestId("designs-list").getByRole("listitem")).toHaveCount(2);
});

test("a design that comes back by link is merged with what was done here meanwhile", async ({ app, context, visit }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openFile(app, "library.sql", SCHEMA, 3);
  await app.getByTestId("share").click();
  await expect.poll(() => app.getByTestId("share-link").inputValue()).toContain("#d=");
  const link = await app.getByTestId("share-link").inputValue();
  await app.getByTestId("copy-link").click();
  await app.keyboard.press("Escape");

  const colleague = await visit(link);
  await expect.poll(() => tableCount(colleague)).toBe(3);
  await write(colleague, "\nCREATE TABLE shelf (id bigint PRIMARY KEY);\n", 4);
  const returned = await shareLink(colleague);

  await write(app, "\nCREATE TABLE reader (id bigint PRIMARY KEY);\n", 4);
  await saved(app);
  await app.goto("about:blank");
  await open(app, returned);
  await app.getByRole("button", { name: "Merge" }).click();
  await expect(app.getByRole("dialog")).toContainText("shelf");
  await app.getByTestId("accept").click();
  await expect.poll(() => tableCount(app)).toBe(5);
  const sql = await sqlOf(app);
  expect(sql).toContain("CREATE TABLE shelf");
  expect(sql).toContain("CREATE TABLE reader");
});

test("a design of a name that is here too is merged by names, and says so", async ({ app, visit, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  // Made on another device from the same file: the two have nothing in common but names.
  const other = await visit(site.address);
  await openFile(other, "library.sql", SCHEMA.replace("title text", "title varchar(80)"), 3);
  await write(other, "\nCREATE TABLE shelf (id bigint PRIMARY KEY);\n", 4);
  const link = await shareLink(other);
  await write(app, "\nCREATE TABLE reader (card text PRIMARY KEY, email text NOT NULL, joined date);\n", 4);
  await saved(app);
  await app.goto("about:blank");
  await open(app, link);
  await expect(app.getByRole("status").filter({ hasText: "is here too" })).toBeVisible();
  await app.getByRole("button", { name: "Merge" }).click();
  const dialog = app.getByRole("dialog");
  await expect(dialog).toContainText("compared by names");
  await expect(dialog).toContainText("shelf");
  // What the other one lacks is offered, not chosen.
  await expect(dialog.getByRole("checkbox", { name: /Remove table reader/ })).not.toBeChecked();
  await app.getByTestId("accept").click();
  await expect.poll(() => tableCount(app)).toBe(5);
  expect(await sqlOf(app)).toMatch(/varchar\(80\)|character varying\(80\)/i);
});

async function write(page, sql, tables) {
  await step(page, "sql");
  await page.getByTestId("sql-editor").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(sql);
  await expect.poll(() => tableCount(page)).toBe(tables);
}
