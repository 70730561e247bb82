import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browser, opened } from "./browser.js";
import { started } from "./started.js";

let applications;
let chromium;
let shop;
beforeAll(async () => {
  [applications, chromium] = await Promise.all([started(), browser()]);
});
beforeEach(async () => {
  shop = await opened(chromium, applications.shop);
  return async () => {
    expect(shop.troubles).toEqual([]);
    await shop.close();
  };
});
afterAll(async () => {
  await chromium?.close();
  expect(await applications?.stop()).toBe(0);
});

describe("in the family's letter box", () => {
  test("nothing lies that was chosen by the pharmacy's shelf, nor by a guess", async () => {
    await shop.agree("Coupons by post");
    const pharmacy = await shop.press("By the pharmacy's shelf", "letter");
    expect(pharmacy).toContain("What concerns a customer's health is not left in the family's letter box.");
    const guess = await shop.press("By who may expect a child", "letter");
    expect(guess).toContain("Nobody who buys lotion has asked to be examined.");
    await shop.picture("shop-letter-box");
    expect(await shop.page.locator("#sent").innerText()).toContain("Nothing yet.");
  });

  test("but coupons for bread may, for those who agreed, once a month", async () => {
    const bread = () => shop.press("By what is bought every week", "letter");
    await shop.person("Tom Hale");
    expect(await bread()).toContain("Refused by the policy");
    await shop.agree("Coupons by post");
    expect(await bread()).toContain("In the post to 3 Mill Lane");
    expect(await bread()).toContain("Often enough");
  });

  test("and nothing for a child", async () => {
    await shop.person("Ida Veselý");
    await shop.agree("Coupons by post");
    expect(await shop.press("By what is bought every week", "letter")).toContain("Refused by the policy");
  });
});

test("offers by email go to those who agreed, twice a week", async () => {
  await shop.person("Tom Hale");
  const send = () => shop.press("Send an offer", "offer");
  expect(await send()).toContain("Refused by the policy");
  await shop.agree("Offers by email");
  expect(await send()).toContain("Sent to tom@example.org");
  expect(await send()).toContain("Sent to tom@example.org");
  expect(await send()).toContain("Often enough");
});

describe("the front page", () => {
  const open = (page) => page.press("Open the front page", "front");

  test("shows what was agreed to", async () => {
    expect(await open(shop)).toMatch(/Suggestions: refused by the policy.*An advert: refused by the policy/s);
    await shop.agree("Suggestions on our pages");
    await shop.agree("Adverts by what was bought");
    expect(await open(shop)).toMatch(/You may need again: bread.*Chosen by: bread/s);
    await shop.picture("shop-front-page");
  });

  test("shows no advert to a browser that asks not to be followed about", async () => {
    const quiet = await opened(chromium, applications.shop, {
      extraHTTPHeaders: { "Sec-GPC": "1" },
      colorScheme: "dark",
    });
    const answer = await open(quiet);
    expect(answer).toContain("This browser asks not to be followed about");
    expect(answer).toMatch(/You may need again: bread.*An advert: refused by the policy/s);
    await quiet.picture("shop-dark-signal");
    await quiet.close();
  });
});

test("every button and box has a name, and is reached by the keyboard", async () => {
  const names = await shop.page
    .locator("button, input")
    .evaluateAll((all) => all.map((one) => (one.labels?.length ? one.labels[0].textContent : one.textContent).trim()));
  expect(names.filter((name) => name === "")).toEqual([]);
  const reached = new Set();
  for (let step = 0; step < names.length; step++) {
    await shop.page.keyboard.press("Tab");
    reached.add(
      await shop.page.evaluate(() => [...document.querySelectorAll("button, input")].indexOf(document.activeElement)),
    );
  }
  expect(reached.size).toBe(names.length);
});
