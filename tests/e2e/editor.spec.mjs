// The text editor: js/editor.js, without the app around it.

import { expect, test } from "./fixtures.mjs";

const mount = (page, options) =>
  page.evaluate(async (options) => {
    const { mount } = await import(new URL("js/editor.js", document.baseURI));
    document.body.innerHTML = '<div id="place" style="height:300px;width:600px"></div>';
    window.told = [];
    const tell = (what) => (...values) => window.told.push([what, ...values]);
    const calls = { onChange: tell("change"), onCursor: tell("cursor"), onMarks: tell("marks") };
    window.editor = mount(document.querySelector("#place"), { ...options, ...calls });
  }, options);

/** The editor of the page itself, over an empty brief. */
const brief = (page) => page.getByTestId("brief");

const text = (page) => page.evaluate(() => window.editor.getDoc());
const told = (page, what) => page.evaluate((what) => window.told.filter((it) => it[0] === what), what);

test("typing is told, setting is not, and both can be undone", async ({ app }) => {
  await mount(app, { doc: "select 1;", language: "sql", testid: "text", label: "SQL" });
  // Undo comes with the focus and with the colours, a moment later.
  await app.getByTestId("text").focus();
  await expect(app.locator(".tok-keyword")).toHaveText("select");
  await app.getByTestId("text").fill("select 2;\nselect 3;");
  expect(await text(app)).toBe("select 2;\nselect 3;");
  const changes = (await told(app, "change")).length;
  await app.evaluate(() => window.editor.setDoc("select 4;"));
  expect(await told(app, "change")).toHaveLength(changes);
  await app.keyboard.press("Control+z");
  expect(await text(app)).toBe("select 2;\nselect 3;");
  await expect(app.locator(".tok-keyword").first()).toHaveText("select");
});

test("marks stand at byte offsets, follow edits, and tell of the pointer", async ({ app }) => {
  await mount(app, { doc: "Ein schöner € Tag, ein Nutzer.", language: "markdown", testid: "text" });
  const at = Buffer.byteLength("Ein schöner € Tag, ein ");
  await app.evaluate((at) => {
    window.editor.setMarks([
      { from: at, to: at + 6, class: "mark", id: "user" },
      { from: 0, to: 999, class: "mark", id: "all" },
    ]);
  }, at);
  await expect(app.locator('[data-mark="user"]')).toHaveText("Nutzer");
  expect(await app.evaluate((at) => window.editor.marksAt(at + 1), at)).toEqual(["user", "all"]);
  await app.locator('[data-mark="user"]').hover();
  await app.locator('[data-mark="user"]').click();
  expect(await told(app, "marks")).toContainEqual(["marks", ["user", "all"], "hover"]);
  expect(await told(app, "marks")).toContainEqual(["marks", ["user", "all"], "click"]);
  await app.evaluate(() => window.editor.setActive(["user"]));
  await expect(app.locator(".mark--active")).toHaveText("Nutzer");
  await app.keyboard.press("Control+Home");
  await app.keyboard.type("## ");
  await expect(app.locator('[data-mark="user"]')).toHaveText("Nutzer");
});

test("a text that is only read can be focused and searched, shows problems, and is there as a whole", async ({ app }) => {
  const doc = "create table a ();\ncreate table a ();" + "\n-- more".repeat(2000);
  await mount(app, { doc, language: "sql", readOnly: true, testid: "text", label: "SQL", lineNumbers: true });
  const editor = app.getByRole("textbox", { name: "SQL" });
  await editor.click();
  await app.keyboard.type("x");
  expect(await text(app)).toBe(doc);
  expect(await app.getByTestId("text").textContent()).toBe(doc);
  await expect(editor).toHaveAttribute("aria-readonly", "true");
  await app.evaluate(() => window.editor.setDiagnostics([{ from: 32, to: 33, severity: "error", message: "relation exists" }]));
  await app.keyboard.press("Control+Home");
  await app.locator(".cm-lintRange-error").hover();
  await expect(app.locator(".cm-tooltip")).toContainText("relation exists");
  await app.evaluate(() => window.editor.setDoc("select 1"));
  await expect(app.getByTestId("text")).toHaveText("select 1");
});

test("an empty brief is a plain text area, and becomes the editor with the text, the selection and the focus", async ({ app }) => {
  await expect(brief(app)).toHaveJSProperty("tagName", "TEXTAREA");
  let release;
  const held = new Promise((letGo) => (release = letGo));
  await app.route("**/js/editor.js", async (route) => {
    await held;
    await route.continue();
  });
  await brief(app).click();
  await app.keyboard.type("Ein schöner Kunde");
  await app.keyboard.press("ArrowLeft");
  await app.keyboard.press("Shift+ArrowLeft");
  await expect(brief(app)).toHaveValue("Ein schöner Kunde");
  release();
  await expect(brief(app)).toHaveClass(/cm-content/);
  await expect(brief(app)).toBeFocused();
  await app.keyboard.type("n");
  await expect(brief(app)).toHaveText("Ein schöner Kunne");
});

test("a brief can be written where the editor cannot be had", async ({ app }) => {
  await app.route("**/js/editor.js", (route) => route.fulfill({ contentType: "text/javascript", body: "throw 0" }));
  await brief(app).fill("A customer places orders.");
  await expect(app.getByTestId("found")).toContainText("customer");
  await expect(brief(app)).toHaveJSProperty("tagName", "TEXTAREA");
});
