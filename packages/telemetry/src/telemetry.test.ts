import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, context, metrics, ROOT_CONTEXT, SpanStatusCode, trace } from "@opentelemetry/api";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { type AuditEntry, enforcement, type Observer } from "@scruple/runtime/enforce";
import { describe, expect, onTestFinished, test } from "vitest";
import { telemetry } from "./telemetry.ts";

const policy = `policy shop

purpose help
purpose ads
recipient person
channel mail reaches person
category any_kind

source notes provided keep at most 1 year {
  name : any_kind
  note : any_kind
  secret : any_kind
}

subject {
  age : int 0..130
}

interaction talk started by company {
  purposes help
  channels mail
  show: allow disclose notes.name
  tell: allow use notes.note when subject.age >= 18
  once: deny use notes.note after 1 per day
}
`;

interface Calls {
  act(call: object, load: object, action: (values: never) => unknown): Promise<{ done: boolean }>;
  show(call: object, load: object): Promise<unknown>;
  preview(call: object, data: readonly string[]): Promise<unknown>;
}

/** The calls of `talk`, about a grown-up, `p1`, and a child, `p2`. */
function talk(observe: Observer): Calls {
  const program = compile([{ path: "shop.scruple", text: policy }]);
  const model = program.model("shop");
  if (model === null) throw new Error(JSON.stringify(program.diagnostics));
  const guard = enforcement(instantiate(model)).inMemory({
    now: "2026-01-14T09:00Z",
    subjects: { p1: { age: 34 }, p2: { age: 12 } },
    observe,
  } as never) as unknown as { talk: Calls };
  return guard.talk;
}

/** Registers SDKs that keep what they are told, until the test is over. */
function registered() {
  const spans = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 2 ** 30 });
  const meters = new MeterProvider({ readers: [reader] });
  const records = new InMemoryLogRecordExporter();
  const loggers = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] });
  trace.setGlobalTracerProvider(tracers);
  metrics.setGlobalMeterProvider(meters);
  logs.setGlobalLoggerProvider(loggers);
  context.setGlobalContextManager(new Contexts());
  onTestFinished(async () => {
    for (const api of [trace, metrics, logs, context]) api.disable();
    await Promise.all([tracers.shutdown(), meters.shutdown(), loggers.shutdown()]);
  });
  return {
    spans: () => spans.getFinishedSpans(),
    records: () => records.getFinishedLogRecords(),
    /** The points of an instrument: attributes and value. */
    points: async (name: string) => {
      points.reset();
      await meters.forceFlush();
      const all = points.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      const found = all.find(({ descriptor }) => descriptor.name === name);
      return (found?.dataPoints ?? []).map(({ attributes, value }) => ({ attributes, value }));
    },
  };
}

/** Keeps contexts over what is asynchronous, as the SDK for Node does. */
class Contexts {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = () => this.#storage.getStore() ?? ROOT_CONTEXT;
  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    current: Context,
    work: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(current, () => work.call(self as never, ...args));
  }
  bind = <T>(_: Context, target: T): T => target;
  enable = () => this;
  disable = () => this;
}

const series = {
  "scruple.call": "act",
  "scruple.policy": "shop",
  "scruple.interaction": "talk",
  "scruple.operation": "use",
};
const recent = { facts: { "data.age": "2 days" } };
const onMail = { on: "mail", operation: "use", ...recent };
const note = { "notes.note": () => "Walter White is unwell" };
/** Until what an observer does after the call is done. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("an act", () => {
  test("is a span, in which what it does is nested", async () => {
    const told = registered();
    const tracer = trace.getTracer("application");
    const { act } = talk(telemetry());
    await act({ subject: "p1", key: "k1", ...onMail }, note, async () => {
      await settled();
      tracer.startSpan("send").end();
    });
    await settled();
    const [inner, outer] = told.spans();
    expect(outer).toMatchObject({
      name: "act talk",
      attributes: {
        ...series,
        "scruple.decision": "allow",
        "scruple.outcome": "done",
        "scruple.rules": ["talk.tell"],
      },
      status: { code: SpanStatusCode.UNSET },
      instrumentationScope: { name: "@scruple/telemetry" },
    });
    expect(inner?.name).toBe("send");
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });

  test("is counted once, by what became of it", async () => {
    const told = registered();
    const { act } = talk(telemetry());
    for (const [subject, key] of [
      ["p1", "k1"],
      ["p1", "k2"],
      ["p2", "k3"],
    ]) {
      await act({ subject, key, ...onMail }, note, () => {});
    }
    await settled();
    const decided = (decision: string, outcome: string) => ({
      attributes: { ...series, "scruple.decision": decision, "scruple.outcome": outcome },
      value: 1,
    });
    const counted = await told.points("scruple.decisions");
    expect(counted).toHaveLength(3);
    expect(counted).toEqual(
      expect.arrayContaining([decided("allow", "done"), decided("allow", "exhausted"), decided("deny", "withheld")]),
    );
    expect(await told.points("scruple.call.duration")).toMatchObject([{ attributes: series, value: { count: 3 } }]);
    expect(await told.points("scruple.problems")).toEqual([]);
  });

  test("leaves a log record for each entry of the audit trail, within its span", async () => {
    const told = registered();
    const { act } = talk(telemetry());
    await act({ subject: "p1", key: "k1", ...onMail }, note, () => {});
    await settled();
    const records = told.records();
    expect(records.map(({ attributes }) => attributes["scruple.outcome"])).toEqual(["begun", "done"]);
    expect(records[1]).toMatchObject({
      eventName: "scruple.decision",
      severityNumber: SeverityNumber.INFO,
      severityText: "INFO",
      attributes: {
        "scruple.data": ["notes.note"],
        "scruple.purpose": "help",
        "scruple.channel": "mail",
        "scruple.limits": ["talk.once"],
        "scruple.model": expect.stringMatching(/^sha256:/),
      },
    });
    expect(records[1]?.spanContext?.spanId).toBe(told.spans()[0]?.spanContext().spanId);
  });

  test("that fails says with which kind of error, and not what the error says", async () => {
    const told = registered();
    const { act } = talk(telemetry());
    const failing = act({ subject: "p1", key: "k1", ...onMail }, note, () => {
      throw new RangeError("Walter White has no mailbox");
    });
    await expect(failing).rejects.toThrow("Walter White");
    await settled();
    expect(told.spans()[0]).toMatchObject({
      attributes: { "error.type": "RangeError", "scruple.outcome": "failed" },
      status: { code: SpanStatusCode.ERROR },
      events: [],
    });
    expect(await told.points("scruple.call.duration")).toMatchObject([{ attributes: { "error.type": "RangeError" } }]);
    expect(told.records().at(-1)?.severityNumber).toBe(SeverityNumber.ERROR);
  });
});

test("what is told holds no value, nobody's name, and nothing that a caller made up", async () => {
  const told = registered();
  const { act, show } = talk(telemetry());
  await act({ subject: "p1", key: "order-66", ...onMail }, note, () => "sent to Walter White");
  await act({ subject: "p1", key: "order-67", on: "carrier_pigeon", operation: "use" }, note, () => {});
  await show({ subject: "p1", on: "mail", operation: "sm1le", facts: { colour: "green" } }, note);
  await settled();
  const attributes = [
    ...told.spans().map((span) => ({ name: span.name, ...span.attributes })),
    ...told.records().map((record) => record.attributes),
    ...(await told.points("scruple.decisions")).map((point) => point.attributes),
    ...(await told.points("scruple.call.duration")).map((point) => point.attributes),
  ];
  expect(attributes.length).toBeGreaterThan(8);
  expect(JSON.stringify(attributes)).not.toMatch(/Walter|p1|order-6|pigeon|sm1le|colour|green/);
});

test("a call that decides some of its data so and some otherwise says so", async () => {
  const told = registered();
  const { show } = talk(telemetry());
  await show(
    { subject: "p1", on: "mail", to: "person", operation: "disclose", ...recent },
    { "notes.name": () => "", "notes.secret": () => "" },
  );
  await settled();
  expect(told.spans()[0]?.attributes).toMatchObject({ "scruple.call": "show", "scruple.decision": "partial" });
});

test("a preview is a span, and no decision", async () => {
  const told = registered();
  const { preview } = talk(telemetry());
  await preview({ subject: "p1", ...onMail }, ["notes.note"]);
  await settled();
  expect(told.spans()[0]?.attributes).toEqual({
    ...series,
    "scruple.call": "preview",
    "scruple.model": expect.stringMatching(/^sha256:/),
  });
  expect(await told.points("scruple.decisions")).toEqual([]);
});

test("a store that does not answer is a problem, counted and without its words", async () => {
  const told = registered();
  const observe = telemetry();
  const call = { call: "act", policy: "shop", model: "", interaction: "talk", operation: "use", data: [] } as const;
  const problems = [new Error("connect ECONNREFUSED"), "p1"];
  await observe(call, async () => ({ entries: [], problems, thrown: { error: "p1" } }));
  expect(await told.points("scruple.problems")).toEqual([{ attributes: series, value: 2 }]);
  expect(told.spans()[0]?.attributes).toEqual({
    ...series,
    "scruple.model": "",
    "scruple.problems.count": 2,
    "error.type": "string",
  });
});

describe("where nothing is registered", () => {
  test("nothing is told, and guards do what they do", async () => {
    const { act } = talk(telemetry());
    expect(await act({ subject: "p1", key: "k1", ...onMail }, note, () => {})).toMatchObject({ done: true });
  });

  test("it is told from when something is", async () => {
    const { act } = talk(telemetry());
    await act({ subject: "p1", key: "k1", ...onMail }, note, () => {});
    const told = registered();
    await act({ subject: "p2", key: "k2", ...onMail }, note, () => {});
    await settled();
    expect(told.spans()).toHaveLength(1);
    expect(told.records()).toHaveLength(1);
    expect(await told.points("scruple.decisions")).toMatchObject([{ value: 1 }]);
  });
});

const named = (name: unknown) => Object.assign(new Error(""), { name });

test.each([
  ["of our own", named("StoreError"), "StoreError"],
  ["for who gave up", AbortSignal.abort().reason, "AbortError"],
  ["that is a text", "WalterWhite", "string"],
  ["whose name is no name", named("no mailbox of p1"), "_OTHER"],
  ["whose name somebody else may have", named("WalterWhite"), "_OTHER"],
  ["whose name is no text", named(["Error"]), "_OTHER"],
  ["that cannot be looked at", new Proxy(new Error(""), { get: () => expect.unreachable() }), "_OTHER"],
])("of an error %s the kind is one of a few words", async (_, error, kind) => {
  const told = registered();
  const call = { call: "act", policy: "shop", model: "", interaction: "talk", operation: "use", data: [] } as const;
  const entries: readonly AuditEntry[] = [];
  await telemetry()(call, async () => ({ entries, problems: [], thrown: { error } }));
  expect(told.spans()[0]?.attributes["error.type"]).toBe(kind);
  expect(await told.points("scruple.call.duration")).toMatchObject([{ attributes: { "error.type": kind } }]);
});
