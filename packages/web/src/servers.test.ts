import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { desk, world } from "../../runtime/src/enforce/fixtures/desk.ts";
import { sent, servers } from "./fixtures/servers.ts";

const knowMe = desk();
beforeEach(() => {
  sent.length = 0;
});

describe.each(Object.entries(servers))("in %s, a guarded route", (_name, start) => {
  async function application() {
    const guard = knowMe.inMemory(world);
    const { url, close } = await start(guard);
    onTestFinished(async () => {
      await close();
    });
    const ask = async (method: string, path: string, headers: Record<string, string>) => {
      const response = await fetch(url + path, { method, headers });
      return { status: response.status, headers: response.headers, body: (await response.json()) as object };
    };
    return { guard, ask };
  }

  test("has the guard of its interaction, bound to the place and to who asks", async () => {
    const { guard, ask } = await application();
    const { status, body } = await ask("GET", "/greeting", { passenger: "p1" });
    expect({ status, body }).toEqual({ status: 200, body: { values: { "bookings.seat": "12A" }, withheld: [] } });
    expect(guard.entries).toMatchObject([{ interaction: "greeting", channel: "desk", decision: "allow" }]);
    expect(await guard.spent("greeting.spoken", "p1")).toBe(1);
  });

  test("acts for those who have consented, and answers others with a problem", async () => {
    const { ask } = await application();
    const { status, body } = await ask("POST", "/offer", { passenger: "p1", key: "job-1" });
    expect({ status, body }).toEqual({ status: 200, body: { sent: "12A" } });
    const denied = await ask("POST", "/offer", { passenger: "p2", key: "job-2" });
    expect(denied.status).toBe(403);
    expect(denied.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(denied.body).toEqual({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      detail: expect.stringMatching(/./),
      reason: "policy",
      rules: [],
      missing: [],
      retryAfter: null,
    });
    expect(sent).toEqual(["12A"]);
  });

  test("says when to try again", async () => {
    const { ask } = await application();
    const night = await ask("POST", "/offer", { passenger: "p1", key: "job-1", time: "22:00" });
    expect(night).toMatchObject({ status: 403, body: { rules: ["mail.quiet"], retryAfter: 9 * 3_600 + 60 } });
    expect(night.headers.get("retry-after")).toBe(String(9 * 3_600 + 60));
  });

  test("tells of limits and of keys that were used before", async () => {
    const { ask } = await application();
    const offer = (key: string) => ask("POST", "/offer", { passenger: "p1", key });
    await offer("job-1");
    expect(await offer("job-1")).toMatchObject({ status: 403, body: { reason: "repeated" } });
    await offer("job-2");
    const denied = await offer("job-3");
    expect(denied).toMatchObject({ status: 429, body: { title: "Too Many Requests", reason: "limit" } });
    expect(denied.body).toMatchObject({ rules: ["offer.enough"], detail: "Two offers in a week are enough." });
    expect(denied.headers.get("retry-after")).toBe(String(7 * 86_400));
    expect(sent).toHaveLength(2);
  });

  test.each(["permissions", "limits", "audit"] as const)("tells of %s that do not answer", async (store) => {
    const { guard, ask } = await application();
    for (const method of ["read", "reserve", "append"])
      if (method in guard.stores[store])
        Object.assign(guard.stores[store], { [method]: () => Promise.reject(new Error("down")) });
    const denied = await ask("POST", "/offer", { passenger: "p1", key: "job-1" });
    expect(denied).toMatchObject({ status: 503, body: { title: "Service Unavailable", reason: "unavailable" } });
    expect(sent).toEqual([]);
  });

  test("says that a key is missing, and nothing of the guard", async () => {
    const { ask } = await application();
    const detail = "An idempotency key is missing, or too long: by it, what is asked for twice is done once.";
    for (const headers of [{ passenger: "p1" }, { passenger: "p1", key: "x".repeat(2_000) }] as Record<
      string,
      string
    >[]) {
      const { status, body } = await ask("POST", "/offer", headers);
      expect({ status, body }).toMatchObject({ status: 400, body: { title: "Bad Request", detail } });
    }
    expect(await ask("POST", "/offer", {})).toMatchObject({ status: 403 });
    expect(sent).toEqual([]);
  });

  test("answers with a problem where an assertion does not hold", async () => {
    const { ask } = await application();
    expect(await ask("GET", "/letter", { passenger: "p1" })).toMatchObject({ status: 403, body: { reason: "policy" } });
  });

  test("repeats nothing that a request says, and no value", async () => {
    const { ask } = await application();
    const { status, body } = await ask("POST", "/offer", { passenger: `p1${"x".repeat(2_000)}`, key: "job-1" });
    expect(status).toBe(403);
    expect(JSON.stringify(body)).not.toMatch(/xxx|12A|p1/);
  });

  test("denies where nobody can tell who asks, rather than take them for nobody", async () => {
    const { ask } = await application();
    expect(await ask("POST", "/offer", { key: "job-1" })).toMatchObject({ status: 403 });
    expect(await ask("GET", "/greeting", {})).toMatchObject({
      status: 200,
      body: { values: {}, withheld: ["bookings.seat"] },
    });
  });

  test("leaves the application's own errors to it", async () => {
    const { ask } = await application();
    expect(await ask("GET", "/broken", { passenger: "p1" })).toMatchObject({ status: 500, body: { error: "ours" } });
    expect(await ask("GET", "/greeting", { passenger: "stranger" })).toMatchObject({
      status: 500,
      body: { error: "ours" },
    });
  });
});
