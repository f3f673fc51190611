// The page's texts: the messages of locales/ in one language, by Mozilla's Fluent. index.html loads this beside the app, which
// waits for it before it shows anything; what else speaks imports it.

import { FluentBundle, FluentResource } from "@fluent/bundle";

/** What there is: the folder of the messages, and what the language calls itself. */
export const LANGUAGES = [
  ["en", "English"],
  ["de", "Deutsch"],
];

const CHOICE = "relata.language";

let bundle;

/** A message with its values put in. One that is missing shows its name. */
export function say(id, values) {
  const message = bundle?.getMessage(id);
  if (!message?.value) return id;
  const problems = [];
  const text = bundle.formatPattern(message.value, values, problems);
  for (const it of problems) console.warn(`${id}: ${it.message}`);
  return text;
}

/** The language of the page: "en". */
export const language = () => document.documentElement.lang;

/** Speaks another language from now on, and on this device. */
export async function choose(name) {
  await speak(name);
  try {
    localStorage.setItem(CHOICE, name);
  } catch {
    // A refused storage only means that the choice lasts for this visit.
  }
}

async function speak(name) {
  const told = await fetch(new URL(`locales/${name}.ftl`, document.baseURI));
  if (!told.ok) throw new Error(`the texts cannot be loaded (${told.status})`);
  // Numbers and dates as in the region that the browser is set to.
  const region = navigator.languages.find((it) => primary(it) === name);
  const next = new FluentBundle(region ?? name, { useIsolating: false });
  for (const it of next.addResource(new FluentResource(await told.text()))) console.warn(it.message);
  bundle = next;
  document.documentElement.lang = name;
  document.title = say("page-title");
}

/** As chosen on this device, or else the first of the browser's languages that there is. */
function preferred() {
  let chosen = null;
  try {
    chosen = localStorage.getItem(CHOICE);
  } catch {
    // As if nothing had been chosen.
  }
  const known = LANGUAGES.map((it) => it[0]);
  return [chosen, ...navigator.languages.map(primary)].find((it) => known.includes(it)) ?? "en";
}

function primary(tag) {
  return tag.split("-")[0].toLowerCase();
}

/** Settles when the first text can be said. */
export const ready = speak(preferred());
// Whoever waits for it is told of the failure.
ready.catch(() => {});
