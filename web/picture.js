// The diagram as a picture to take along: an SVG document as the app draws it becomes a file, pixels, or paper.
//
//   svg(text) → promise of a Blob   png(text, scale) → promise of a Blob   print(text) → promise of nothing

import { make } from "./element.js";
import { say } from "./texts.js";

/** The longest side of a picture, in pixels. */
const LONGEST = 8000;

/** An SVG document that brings the fonts that it names, so that it looks the same where they are not installed. */
export async function svg(text) {
  return new Blob([await dressed(text)], { type: "image/svg+xml" });
}

/** The document drawn at up to `scale` pixels for each of its units: a promise of a PNG. */
export async function png(text, scale) {
  const image = new Image();
  const address = URL.createObjectURL(await svg(text));
  try {
    image.src = address;
    await image.decode();
    const fitting = Math.min(scale, LONGEST / Math.max(image.naturalWidth, image.naturalHeight, 1));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * fitting));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * fitting));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error(say("ship-too-large"));
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Prints the document by itself on one sheet; the browser's dialog can make it a PDF. */
export async function print(text) {
  const paper = make("div", { class: "paper" });
  // Its styles are for itself.
  const root = paper.attachShadow({ mode: "open" });
  root.innerHTML = text;
  const drawing = root.querySelector("svg");
  const { width, height } = drawing.viewBox.baseVal;
  drawing.setAttribute("width", "100%");
  drawing.setAttribute("height", "100%");
  // Which way a sheet lies can only be said for the page.
  paper.append(make("style", {}, `@page { size: ${width > height ? "landscape" : "portrait"}; margin: 10mm; }`));
  document.body.append(paper);
  addEventListener("afterprint", () => paper.remove(), { once: true });
  window.print();
}

/** The document with the page's fonts that it names as data. A font that cannot be had is left to the reader's device. */
async function dressed(text) {
  const rules = [...document.styleSheets].flatMap((it) => [...it.cssRules]).filter((it) => it instanceof CSSFontFaceRule);
  const named = rules.filter((it) => text.includes(it.style.getPropertyValue("font-family").replaceAll('"', "")));
  const faces = await Promise.all(named.map((it) => embedded(it).catch(() => "")));
  // At the first style: the fonts must be known before they are asked for by it.
  return text.replace("<style>", () => `<style>${faces.join("")}`);
}

/** The rule of a font with the file itself in the place of its address. */
async function embedded(rule) {
  const [, address] = rule.cssText.match(/url\("?([^")]+)"?\)/);
  const answer = await fetch(new URL(address, rule.parentStyleSheet.href));
  if (!answer.ok) throw new Error(answer.statusText);
  const file = await answer.blob();
  const data = await new Promise((done, failed) => {
    const reader = Object.assign(new FileReader(), { onload: () => done(reader.result), onerror: () => failed(reader.error) });
    reader.readAsDataURL(file);
  });
  return rule.cssText.replace(address, data);
}
