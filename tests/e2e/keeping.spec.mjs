// Keeping: nothing that was said to be saved is lost, and what cannot be read is handed out as it is.

import { readFileSync } from "node:fs";

import { expect, open, ready, test } from "./fixtures.mjs";
import { SCHEMA, openFile, quickAdd, saved, sqlOf, step, tableCount } from "./workplace.mjs";

/** What a press of a button downloads. */
async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Changes what is stored, past the page. */
const store = (page, change) =>
  page.evaluate(async (change) => {
    const database = await new Promise((done, failed) => {
      const request = indexedDB.open("relata");
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const transaction = database.transaction(["records", "designs"], "readwrite");
    const done = new Promise((done) => (transaction.oncomplete = done));
    const all = (name, what) => new Promise((done) => (transaction.objectStore(name)[what]().onsuccess = (it) => done(it.target.result)));
    const keys = await all("records", "getAllKeys");
    if (change === "damage") transaction.objectStore("records").put("{ this is no record", keys.at(-1));
    if (change === "age") {
      const [key] = await all("designs", "getAllKeys");
      const [text] = await all("designs", "getAll");
      transaction.objectStore("designs").put(JSON.stringify({ ...JSON.parse(text), deleted_at: 1 }), key);
    }
    await done;
    database.close();
  }, change);

async function addTable(page, name) {
  await step(page, "sql");
  await page.getByTestId("sql-editor").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(`\nCREATE TABLE ${name} (id bigint PRIMARY KEY);\n`);
}

async function deleteLibrary(page) {
  await page.getByRole("button", { name: "Delete library" }).click();
  await expect(page.getByText("Deleted “library”")).toBeVisible();
}

test("a deleted design is brought back after a reload, and goes for good 30 days later", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  await app.getByTestId("designs").click();
  await deleteLibrary(app);
  await app.reload();
  await ready(app);
  await app.getByTestId("designs").click();
  await app.getByTestId("deleted").locator("summary").click();
  await app.getByTestId("bring-back").click();
  await expect.poll(() => tableCount(app)).toBe(3);

  await app.getByTestId("designs").click();
  await deleteLibrary(app);
  await expect(app.getByTestId("deleted")).toHaveCount(1);
  await store(app, "age");
  await app.reload();
  await ready(app);
  await app.getByTestId("designs").click();
  await expect(app.getByTestId("deleted")).toHaveCount(0);
});

test("each design of the list has its picture, which follows it", async ({ app }) => {
  const pictures = async () => {
    await app.getByTestId("designs").click();
    const all = app.getByTestId("thumbnail").locator("path");
    for (const it of await all.all()) await expect(it).toHaveAttribute("d", /^M/);
    const paths = await all.evaluateAll((them) => them.map((it) => it.getAttribute("d")));
    await app.keyboard.press("Escape");
    return paths;
  };
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const [before] = await pictures();
  expect(before.split("M").length - 1).toBe(3);
  await addTable(app, "shelf");
  await expect.poll(() => tableCount(app)).toBe(4);
  await saved(app);
  // The former one stands there until the next is drawn.
  await expect.poll(async () => (await pictures())[0].split("M").length - 1).toBe(4);
});

test("a design is a file of a folder: written as it is saved, not over others' changes, and opened again", async ({ app }) => {
  // The folder that the browser keeps for the page stands for the one that a person would choose.
  await app.addInitScript(() => {
    const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("designs", { create: true });
    window.showDirectoryPicker = folder;
    const text = async (name) => (await (await (await folder()).getFileHandle(name)).getFile()).text();
    // At the moment at which a file is put in the place of the former, the browser finds neither.
    window.inFolder = (name) => text(name).catch(() => text(name));
    window.changeFile = async (name, text) => {
      const out = await (await (await folder()).getFileHandle(name)).createWritable();
      await out.write(text);
      await out.close();
    };
  });
  await app.reload();
  await ready(app);
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  await app.getByTestId("designs").click();
  await app.getByTestId("folder-choose").click();
  await app.getByTestId("folder-put").click();
  await expect(app.getByTestId("folder-file")).toHaveText("library.relata.json");
  await app.keyboard.press("Escape");
  const file = () => app.evaluate(() => window.inFolder("library.relata.json"));
  const first = await file();
  expect(first).toContain('"author"');

  await addTable(app, "shelf");
  await expect.poll(file).toContain('"shelf"');
  await app.evaluate((text) => window.changeFile("library.relata.json", text), first);
  await addTable(app, "room");
  const warning = app.getByRole("alert").filter({ hasText: "was changed outside" });
  await expect(warning).toBeVisible();
  expect(await file()).toBe(first);
  await warning.getByRole("button", { name: "Write over it" }).click();
  await expect.poll(file).toContain('"room"');

  await app.reload();
  await ready(app);
  await app.evaluate((text) => window.changeFile("library.relata.json", text), first);
  await app.getByTestId("designs").click();
  await app.getByTestId("folder-file").click();
  await expect.poll(() => tableCount(app)).toBe(3);
  await addTable(app, "cellar");
  await expect.poll(file).toContain('"cellar"');
  await app.getByTestId("designs").click();
  await expect(app.getByTestId("designs-list").getByRole("listitem")).toHaveCount(2);
  await app.getByTestId("folder-leave").click();
  await expect(app.getByTestId("folder-choose")).toBeVisible();
});

test("all designs go into one file and come back from it", async ({ app, visit, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await openFile(app, "lonely.sql", "create table lonely (id int primary key);", 1);
  await saved(app);
  await app.getByTestId("designs").click();
  const file = await downloaded(app, () => app.getByTestId("save-all").click());
  expect(file.name).toBe("designs.relata-all.json");
  const other = await visit(site.address);
  await other.getByTestId("open-file").setInputFiles({ name: file.name, mimeType: "application/json", buffer: file.bytes });
  await expect(other.getByRole("status").filter({ hasText: "2 designs are on this device" })).toBeVisible();
  await other.getByTestId("designs").click();
  await expect(other.getByTestId("designs-list")).toContainText("library");
  await other.getByRole("button", { name: /^lonely/ }).click();
  await expect.poll(() => tableCount(other)).toBe(1);
});

test("a damaged record is reported, and what is kept is handed out as it is", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  await store(app, "damage");
  await app.reload();
  await ready(app);
  await expect(app.getByRole("alert").filter({ hasText: "a record is damaged" })).toBeVisible();
  const file = await downloaded(app, () => app.getByRole("button", { name: "Save it" }).click());
  const kept = JSON.parse(file.bytes).designs[0].records;
  expect(kept).toContain("{ this is no record");
  expect(kept.join()).toContain("author_id");
});

test("three tabs edit one design one after the other, and no edit is lost", async ({ app, context, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const tabs = [app];
  for (let more = 0; more < 2; more += 1) {
    const tab = await context.newPage();
    await open(tab, site.address);
    await expect.poll(() => tableCount(tab)).toBe(3);
    tabs.push(tab);
  }
  for (const [at, tab] of tabs.entries()) {
    await addTable(tab, `tab_${at}`);
    for (const any of tabs) await expect.poll(() => tableCount(any)).toBe(4 + at);
  }
  for (const tab of tabs) await saved(tab);
  await app.reload();
  await ready(app);
  await expect.poll(() => tableCount(app)).toBe(6);
});

test("three tabs that edit at the same instant lose nothing", async ({ app, context, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const tabs = [app, await context.newPage(), await context.newPage()];
  for (const tab of tabs.slice(1)) {
    await open(tab, site.address);
    await expect.poll(() => tableCount(tab)).toBe(3);
  }
  const rounds = 5;
  for (let round = 0; round < rounds; round += 1) {
    // Nobody waits for anybody: the same identities would be next in each tab.
    await Promise.all(tabs.map((tab, at) => quickAdd(tab, `tab_${at}_${round}`)));
  }
  for (const tab of tabs) {
    await expect.poll(() => tableCount(tab)).toBe(3 + 3 * rounds);
    await saved(tab);
  }
  await app.reload();
  await ready(app);
  await expect.poll(() => tableCount(app)).toBe(3 + 3 * rounds);
  expect(await sqlOf(tabs[1])).toBe(await sqlOf(tabs[2]));
});

test("when the tab that writes is closed, another one takes over with what it waited for", async ({ app, context, site }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  const [second, third] = [await context.newPage(), await context.newPage()];
  for (const tab of [second, third]) {
    await open(tab, site.address);
    await expect.poll(() => tableCount(tab)).toBe(3);
  }
  await Promise.all([quickAdd(second, "from_second"), quickAdd(third, "from_third"), app.goto("about:blank")]);
  await quickAdd(third, "later");
  for (const tab of [second, third]) {
    await expect.poll(() => tableCount(tab)).toBe(6);
    await saved(tab);
  }
  await third.reload();
  await ready(third);
  await expect.poll(() => tableCount(third)).toBe(6);
});

test("a page that is killed fifty times while it saves keeps all that it said was saved", async ({ browser, site }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext();
  let page = await context.newPage();
  await open(page, site.address);
  await openFile(page, "library.sql", SCHEMA, 3);
  await saved(page);
  let [told, asked] = [3, 3];
  for (let round = 0; round < 50; round += 1) {
    const client = await context.newCDPSession(page);
    for (let more = 0; more <= round % 3; more += 1) {
      await quickAdd(page, `round_${round}_${more}`);
      asked += 1;
    }
    // What is told at this instant counts, whatever is on its way.
    const state = await page.getByTestId("saved").getAttribute("data-state");
    if (state === "saved") told = asked;
    if (round % 2) await page.waitForTimeout(round % 7);
    client.send("Page.crash").catch(() => {});
    await page.waitForEvent("crash", { timeout: 5000 }).catch(() => {});
    await page.close().catch(() => {});
    page = await context.newPage();
    await open(page, site.address);
    await expect(page.getByRole("alert").filter({ hasText: /cannot/ })).toHaveCount(0);
    const kept = await tableCount(page);
    expect(kept, `after kill ${round}`).toBeGreaterThanOrEqual(told);
    expect(kept).toBeLessThanOrEqual(asked);
    [told, asked] = [kept, kept];
  }
  await context.close();
});

test("a full disk is told, and the tab keeps the work until it fits", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  await app.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    window.fits = () => (IDBObjectStore.prototype.put = put);
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("The disk is full.", "QuotaExceededError");
    };
  });
  await addTable(app, "late");
  await expect(app.getByTestId("saved")).toHaveAttribute("data-state", "failed");
  await expect(app.getByRole("alert").filter({ hasText: "did not keep" })).toBeVisible();
  await app.evaluate(() => window.fits());
  await addTable(app, "later");
  await saved(app);
  await app.reload();
  await ready(app);
  await expect.poll(() => tableCount(app)).toBe(5);
});

test("a connection that the browser gives up, with all that was kept, is made anew, and all of the design kept again", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await saved(app);
  // What Chromium does when the disk is full in the middle of a write.
  await app.evaluate(
    () => new Promise((done) => (indexedDB.deleteDatabase("relata").onsuccess = done)),
  );
  await addTable(app, "late");
  await expect(app.getByTestId("saved")).toHaveAttribute("data-state", "failed");
  const asked = app.waitForEvent("dialog");
  await app.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await app.getByRole("button", { name: "Try again" }).click();
  await saved(app);
  await app.reload();
  await ready(app);
  await expect.poll(() => tableCount(app)).toBe(4);
  expect(await sqlOf(app)).toContain("CREATE TABLE late");
});

test("pictures: all or a part, as SVG and as PNG, light, dark and without a ground, with labels, and on paper", async ({ app }) => {
  await openFile(app, "library.sql", SCHEMA, 3);
  await step(app, "ship");
  const all = await downloaded(app, () => app.getByTestId("ship-svg").click());
  expect(all.bytes.toString()).toContain(">author<");
  // It brings its fonts: on another device it looks the same.
  expect(all.bytes.toString()).toMatch(/@font-face[^}]*IBM Plex Mono[^}]*url\("?data:font\/woff2;base64,/);
  const png = await downloaded(app, () => app.getByTestId("ship-png").click());
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  const size = { width: png.bytes.readUInt32BE(16), height: png.bytes.readUInt32BE(20) };
  expect(Math.max(size.width, size.height)).toBeGreaterThan(400);
  const labels = (it) => it.bytes.toString().match(/class="label-text"/g)?.length ?? 0;
  expect(labels(all)).toBe(0);
  await app.getByTestId("picture-labelled").check();
  expect(labels(await downloaded(app, () => app.getByTestId("ship-svg").click()))).toBeGreaterThan(0);

  // On paper stands the drawing and nothing else.
  await app.evaluate(() => (window.print = () => (window.printed = true)));
  await app.getByTestId("ship-print").click();
  await expect.poll(() => app.evaluate(() => window.printed)).toBe(true);
  await app.emulateMedia({ media: "print" });
  await expect(app.locator(".paper")).toContainText("author");
  await expect(app.locator(".paper")).toContainText("review");
  await expect(app.getByTestId("ship-print")).toBeHidden();
  await app.emulateMedia({ media: null });
  // Once it is printed the page is as before.
  expect((await app.pdf()).length).toBeGreaterThan(5_000);
  await expect(app.locator(".paper")).toHaveCount(0);

  await step(app, "diagram");
  await app.getByTestId("fit").click();
  await app.locator('[data-name="public.author"]').click({ position: { x: 30, y: 10 } });
  await step(app, "ship");
  await app.getByTestId("picture-selected").check();
  await app.getByTestId("picture-transparent").check();
  const part = await downloaded(app, () => app.getByTestId("ship-svg").click());
  expect(part.bytes.toString()).toContain(">author<");
  expect(part.bytes.toString()).not.toContain(">review<");
  expect(part.bytes.toString()).not.toContain('class="ground"');
});
