// Light or dark, and the tiers' colours on it.

const BRIGHT = 150;
const measuring = document.createElement("canvas").getContext("2d");

/** Perceived brightness of any CSS colour, 0..255; white where the page names none. */
function brightness(colour) {
  measuring.fillStyle = "#ffffff";
  measuring.fillStyle = colour.trim();
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(measuring.fillStyle.slice(start, start + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Mark the root with the page's theme; `wanted` true or false overrides what the page's background says. */
function paintThemeOn(root, wanted, locale) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color");
  const dark = wanted ?? brightness(background) < 128;
  setAttributes(root, { "data-theme": dark ? "dark" : "light", lang: locale });
  return dark;
}

function colourOf({ dark }, tier) {
  return dark ? tier.colour.dark : tier.colour.light;
}

/** Colour of a tier, and ink or white on it, whichever reads better. */
function paintTierColour(node, colour) {
  setStyle(node, "--tier", colour);
  setStyle(node, "--on-tier", brightness(colour) > BRIGHT ? "#16181d" : "#ffffff");
}
