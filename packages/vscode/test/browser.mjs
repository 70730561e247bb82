/** What a browser that shows VS Code can be asked: to look, to click, to type, and what a screen reader would say. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallPng } from "./small-png.mjs";

/** Tries, a fifth of a second apart, before something counts as missing. */
const tries = 200;

const viewport = { width: 1200, height: 760 };

/** Chromium refuses service workers to frames from elsewhere otherwise, and that is what web views are in VS Code for the Web. */
const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };

/** A browser with one page. @param folder for its profile */
export async function openBrowser({ playwright, chromium: executablePath }, folder) {
  const { chromium } = await import(playwright);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-lcd-text"];
  args.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
  mkdirSync(join(folder, "Default"), { recursive: true });
  writeFileSync(join(folder, "Default/Preferences"), JSON.stringify(preferences));
  const browser = await chromium.launchPersistentContext(folder, { executablePath, args, viewport });
  return { page: browser.pages()[0] ?? (await browser.newPage()), close: () => browser.close() };
}

/** Does what is asked. @returns what there is to be told */
export async function act(page, pictures, { action, selector, text, name, role, clip }) {
  switch (action) {
    case "picture":
      writeFileSync(join(pictures, `${name}.png`), smallPng(await page.screenshot({ clip })));
      return null;
    case "press":
      return page.keyboard.press(name);
    case "type":
      return page.keyboard.type(text, { delay: 20 });
    case "click":
      return (await find(page, by(selector, text), `\`${selector}\` with “${text}”`)).click({ timeout: 5_000 });
    case "has":
      return (await visible(page, by(selector, text))) !== null;
    case "read":
      return (await find(page, by(selector, text), `\`${selector}\` with “${text}”`)).innerText();
    case "hear":
      await find(page, (frame) => frame.getByRole(role, { name, exact: true }), `${role} named “${name}”`);
      return null;
    case "focused":
      return focused(page);
    case "contrast": {
      const cell = await find(page, by("[role=gridcell]", ""), "matrix");
      return cell.evaluate(leastContrast);
    }
    default:
      await find(page, by(selector, text), `\`${selector}\` with “${text}”`);
      return null;
  }
}

const by = (selector, text) => (frame) => frame.locator(selector).filter({ hasText: text });

/** The first visible element in the window or one of its web views. */
async function find(page, locate, what) {
  for (let count = 0; count < tries; count++) {
    const found = await visible(page, locate);
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`There is no ${what} on the screen.`);
}

async function visible(page, locate) {
  for (const frame of page.frames()) {
    const found = locate(frame).filter({ visible: true }).first();
    if ((await found.count().catch(() => 0)) > 0) return found;
  }
  return null;
}

/** Role and name of what has the focus: in a web view, if one has it. */
async function focused(page) {
  let last = { role: "", name: "" };
  for (const frame of page.frames()) {
    const own = await frame
      .evaluate(() => {
        const element = document.hasFocus() ? document.activeElement : null;
        if (element === null || element.tagName === "IFRAME") return null;
        return { role: element.role ?? element.tagName, name: element.ariaLabel ?? element.textContent };
      })
      .catch(() => null);
    if (own !== null) last = own;
  }
  return last;
}

/** In the page of the matrix: the least contrast of its signs, by the formula of WCAG 2. */
function leastContrast() {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((one) => {
      const share = one / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = luminance(getComputedStyle(document.documentElement).getPropertyValue("--vscode-editor-background"));
  const ratios = [...document.querySelectorAll("[role=gridcell]")].map((cell) => {
    const own = luminance(getComputedStyle(cell).color);
    return (Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05);
  });
  return Math.min(...ratios);
}
