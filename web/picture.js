// A picture of the diagram in pixels: an SVG document drawn on a canvas.

import { say } from "./texts.js";

/** The longest side of a picture, in pixels. */
const LONGEST = 8000;

/** Draws an SVG document at up to `scale` pixels for each of its units: a promise of a PNG. */
export async function png(svg, scale) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
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
