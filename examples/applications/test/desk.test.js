import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browser, opened } from "./browser.js";
import { started } from "./started.js";

let applications;
let chromium;
let desk;
beforeAll(async () => {
  [applications, chromium] = await Promise.all([started(), browser()]);
});
beforeEach(async () => {
  desk = await opened(chromium, applications.desk);
  return async () => {
    expect(desk.troubles).toEqual([]);
    await desk.close();
  };
});
afterAll(async () => {
  await chromium?.close();
  expect(await applications?.stop()).toBe(0);
});

describe("at the gate", () => {
  test("the usual seat is offered, and a lost bag apologised for", async () => {
    const answer = await desk.press("Greet", "greet");
    expect(answer).toContain("window, far from the galley");
    expect(answer).toContain("Her bag was lost for three days.");
    await desk.picture("desk-greeting");
  });

  test("nothing of the bag is shown where others follow what is said", async () => {
    await desk.page.getByLabel("Others can follow what is said").check();
    const answer = await desk.press("Greet", "greet");
    expect(answer).toContain("window, far from the galley");
    expect(answer).toContain("What went wrong lately: refused by the policy");
    expect(answer).not.toContain("bag");
  });

  test("nor what is long past", async () => {
    await desk.person("Ben Okafor");
    const answer = await desk.press("Greet", "greet");
    expect(answer).toContain("aisle");
    expect(answer).not.toContain("wheelchair");
  });

  test("nobody is looked for on the web", async () => {
    const answer = await desk.press("Search for a picture", "picture");
    expect(answer).toContain("Nobody asked passengers whether we may look for their picture.");
    expect(answer).toContain("The search engine was never asked.");
    expect(answer).toContain("boarding_greeting.no_faces");
  });
});

describe("offers by email", () => {
  const send = () => desk.press("Send an offer", "offer");

  test("go to those who agreed, twice a week", async () => {
    expect(await send()).toContain("Refused by the policy");
    await desk.agree("Offers by email");
    expect(await send()).toContain("Sent to ada@example.org");
    expect(await send()).toContain("Sent to ada@example.org");
    const third = await send();
    expect(third).toContain("Often enough");
    expect(third).toContain("Two offers in a week are enough.");
    expect(third).toContain("offer_email.enough");
    expect(third).toContain("Again in 7 days.");
    await desk.picture("desk-often-enough");
    const later = desk.page.waitForResponse((response) => response.url().endsWith("/api/later"));
    await desk.page.getByRole("button", { name: "A week passes" }).click();
    await later;
    expect(await send()).toContain("Sent to ada@example.org");
  });

  test("stop when somebody has had enough", async () => {
    await desk.agree("Offers by email", false);
    expect(await send()).toContain("Refused by the policy");
  });

  test("never go to children, whatever box was ticked", async () => {
    await desk.person("Cem Yıldız");
    await desk.agree("Offers by email");
    expect(await send()).toContain("Refused by the policy");
  });
});

test("the audit trail names fields and rules, and nobody", async () => {
  await desk.press("Greet", "greet");
  await desk.page.getByText("boarding_greeting: disclose bookings.seat_preference").first().waitFor();
  const trail = await desk.page.locator("#trail").innerText();
  expect(trail).not.toMatch(/Ada|lindqvist|window/);
  await desk.page.getByRole("button", { name: "Verify the chain" }).click();
  await desk.page.getByText(/\d+ entries, each follows from the one before\./).waitFor();
});

test("the page fits a telephone, and the dark", async () => {
  const dark = await opened(chromium, applications.desk, {
    colorScheme: "dark",
    viewport: { width: 390, height: 800 },
  });
  await dark.press("Search for a picture", "picture");
  expect(await dark.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await dark.picture("desk-dark-telephone");
  await dark.close();
});
