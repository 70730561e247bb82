import type { NextFunction, Request, Response } from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { beforeEach, expect, test } from "vitest";
import { desk, world } from "../../runtime/src/enforce/fixtures/desk.ts";
import * as inExpress from "./express.ts";
import * as inFastify from "./fastify.ts";
import * as inHono from "./hono.ts";

const guard = desk().inMemory(world);
const refused = "cannot have that of `letter` too";
const facts = { local_time: "10:00", "data.age": "10 days" } as const;
/** What the first handler may do, before and after the second has been called. */
const said: string[] = [];
beforeEach(() => {
  said.length = 0;
});

test("in Express, a handler keeps its guard whatever it hands the request on to", async () => {
  const at = inExpress.guarded(guard, () => "p1");
  const request = {} as Request;
  const response = {} as Response;
  const second = at("letter", { on: "desk", for: "care" }, () => said.push("second"));
  const first = at("offer", { on: "mail" }, async (own, _, next) => {
    await expect(next()).rejects.toThrow(refused);
    said.push((await own.guard.decide({ facts }, ["bookings.seat"])).decision);
  });
  await first(request, response, (() => second(request, response, () => undefined)) as NextFunction);
  expect(said).toEqual(["allow"]);
  await second({} as Request, response, () => undefined);
  expect(said).toEqual(["allow", "second"]);
});

test("in Fastify, too", async () => {
  const at = inFastify.guarded(guard, () => "p1");
  const app = fastify();
  const first = at("offer", { on: "mail" }, async (own) => {
    said.push((await own.guard.decide({ facts }, ["bookings.seat"])).decision);
  });
  const second = at("letter", { on: "desk", for: "care" }, () => said.push("second"));
  app.get("/", { preHandler: async (request, reply) => void (await first(request, reply)) }, second);
  const { statusCode, body } = await app.inject("/");
  expect({ statusCode, said, body }).toEqual({
    statusCode: 500,
    said: ["allow"],
    body: expect.stringContaining(refused),
  });
});

test("and in Hono", async () => {
  const at = inHono.guarded(guard, () => "p1");
  const app = new Hono();
  const second = at("letter", { on: "desk", for: "care" }, (context) => context.text("second"));
  app.get(
    "/",
    at("offer", { on: "mail" }, async (context) => {
      await expect(second(context as never, async () => undefined)).rejects.toThrow(refused);
      return context.text((await context.var.guard.decide({ facts }, ["bookings.seat"])).decision);
    }),
  );
  expect(await (await app.request("/")).text()).toBe("allow");
});
