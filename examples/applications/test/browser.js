import { existsSync, mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Where pictures of the pages go, for people to look at. */
const pictures = new URL("../generated/screenshots/", import.meta.url).pathname;

/** A browser that nobody sees. `CHROMIUM` names it, where it is not Debian's. */
export async function browser() {
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}: CHROMIUM may name one.`);
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/**
 * A page, with everything that went wrong in it.
 *
 * @param {import("playwright-core").Browser} within
 * @param {string} address
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function opened(within, address, options = {}) {
  const context = await within.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    // What the policy refuses is answered with 403 or 429, which browsers note like any other.
    if (message.type() === "error" && !/status of (403|429)/.test(message.text())) troubles.push(message.text());
  });
  await page.goto(address);
  // The last that a page draws of itself.
  await page.locator("#sent li").first().waitFor();
  return {
    page,
    troubles,
    /** Has somebody step up. */
    person: (name) => page.getByRole("button", { name }).click(),
    /** Presses a button, and says what came of it. */
    press: async (name, story) => {
      const answer = page.waitForResponse((response) => response.url().endsWith("/api/trail"));
      await page.getByRole("button", { name, exact: true }).click();
      await answer;
      return page.locator(`[data-result="${story}"]`).innerText();
    },
    agree: async (label, given = true) => {
      const answer = page.waitForResponse((response) => response.url().endsWith("/api/people"));
      await page.getByLabel(label).setChecked(given);
      await answer;
    },
    picture: (name) => page.screenshot({ path: `${pictures}${name}.png`, fullPage: true }),
    close: () => context.close(),
  };
}
