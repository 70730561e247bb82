import {
  type Attributes,
  type Counter,
  createNoopMeter,
  type Histogram,
  type Meter,
  type MeterProvider,
} from "@opentelemetry/api";
import type { ObservedCall, ObservedOutcome } from "@scruple/runtime/enforce";
import { attribute, callAttributes, errorType } from "./attributes.ts";
import { scope } from "./scope.ts";

/** In seconds: guards take microseconds, stores milliseconds, and actions what they take. */
const boundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** What is counted, in a fixed number of series for each interaction. */
export class Meters {
  readonly #decisions: Counter;
  readonly #problems: Counter;
  readonly #duration: Histogram;

  /** Null where nothing is registered that would count. */
  static of(provider: MeterProvider): Meters | null {
    const meter = provider.getMeter(scope.name, scope.version);
    return meter === createNoopMeter() ? null : new Meters(meter);
  }

  private constructor(meter: Meter) {
    this.#decisions = meter.createCounter("scruple.decisions", {
      unit: "{decision}",
      description: "Decisions of guards, by what became of them",
    });
    this.#problems = meter.createCounter("scruple.problems", {
      unit: "{problem}",
      description: "Failures behind guards: stores that did not answer, entries that were not appended",
    });
    this.#duration = meter.createHistogram("scruple.call.duration", {
      unit: "s",
      description: "How long calls to guards take, with their stores and what they do",
      advice: { explicitBucketBoundaries: boundaries },
    });
  }

  /** @param seconds that the call took */
  record(call: ObservedCall, { entries, problems, thrown }: ObservedOutcome, seconds: number): void {
    const attributes = callAttributes(call);
    for (const { decision, outcome } of entries) {
      // An act that begins ends in one way or another, and is counted then.
      if (outcome === "begun") continue;
      this.#decisions.add(1, { ...attributes, [attribute.decision]: decision, [attribute.outcome]: outcome });
    }
    if (problems.length > 0) this.#problems.add(problems.length, attributes);
    const failure: Attributes = thrown === null ? {} : { [attribute.errorType]: errorType(thrown.error) };
    this.#duration.record(seconds, { ...attributes, ...failure });
  }
}
