// A large brief: what was found stands subject by subject, and each can be taken by itself.

import { test, expect } from "./fixtures.mjs";
import { step, tableCount } from "./workplace.mjs";

const SUBJECTS = [
  "library book author loan reader publisher genre reservation branch catalogue magazine edition donation",
  "clinic patient doctor ward nurse appointment diagnosis prescription medicine allergy invoice insurer referral",
  "farm field crop harvest tractor barn animal breed vaccination pasture seed fertilizer worker",
  "hotel room guest booking floor suite breakfast housekeeper minibar voucher season rate amenity",
  "museum exhibit artist gallery curator tour ticket visitor sponsor restoration loan_contract catalog_entry donor_wall",
];

/** Each thing belongs to one that was told before it, so that a subject hangs together and the subjects hardly do. */
function brief() {
  const sections = SUBJECTS.map((it) => {
    const things = it.split(" ").map((name) => name.replace("_", " "));
    const told = things.map((name, at) => {
      const owner = at > 0 ? ` A ${name} belongs to a ${things[Math.floor((at - 1) / 2)]}.` : "";
      return `A ${name} has a name, a code and a note.${owner}`;
    });
    return `## About a ${things[0]}\n\n${told.join("\n")}\n`;
  });
  return sections.join("\n");
}

test("a large brief is accepted subject by subject", async ({ app }) => {
  await step(app, "describe");
  await app.getByTestId("brief").fill(brief());
  const subjects = app.getByTestId("subject");
  await expect.poll(() => subjects.count()).toBeGreaterThan(2);
  const all = await subjects.count();
  const first = subjects.first().getByRole("button");
  await expect(first).toHaveText(/^Accept /);
  await first.click();
  await expect.poll(() => tableCount(app)).toBeGreaterThan(4);
  const taken = await tableCount(app);
  expect(taken).toBeLessThan(40);
  expect(await subjects.count()).toBe(all);
  await subjects.last().getByRole("button").press("Enter");
  await expect.poll(() => tableCount(app)).toBeGreaterThan(taken);
  expect(await tableCount(app)).toBeLessThan(60);
  await app.getByTestId("accept-all").click();
  await expect.poll(() => tableCount(app)).toBeGreaterThan(60);
});
