import { type MeterProvider, metrics, type Span, SpanStatusCode, type TracerProvider, trace } from "@opentelemetry/api";
import { type Logger, type LoggerProvider, logs, SeverityNumber } from "@opentelemetry/api-logs";
import type { AuditEntry, ObservedOutcome, Observer } from "@scruple/runtime/enforce";
import { attribute, entryAttributes, errorType, outcomeAttributes, spanAttributes } from "./attributes.ts";
import { Meters } from "./meters.ts";
import { scope } from "./scope.ts";

const eventName = "scruple.decision";

/**
 * Tells OpenTelemetry of each call to a guard: a span, in which what stores and actions tell is nested; what it decided as
 * counters and a duration; and a log record for each decision. It goes to whatever is registered with OpenTelemetry's API,
 * now or later; where nothing is, it goes nowhere, and costs next to nothing.
 */
export function telemetry(): Observer {
  const tracerOf = forCurrent((provider: TracerProvider) => provider.getTracer(scope.name, scope.version));
  const metersOf = forCurrent((provider: MeterProvider) => Meters.of(provider));
  const loggerOf = forCurrent((provider: LoggerProvider) => provider.getLogger(scope.name, scope.version));
  return (call, run) =>
    // What is known beforehand goes with the beginning, where samplers see it.
    tracerOf(trace.getTracerProvider()).startActiveSpan(
      `${call.call} ${call.interaction}`,
      { attributes: spanAttributes(call) },
      async (span) => {
        const start = performance.now();
        const outcome = await run();
        const seconds = (performance.now() - start) / 1000;
        try {
          if (span.isRecording()) describe(span, outcome);
          metersOf(metrics.getMeterProvider())?.record(call, outcome, seconds);
          log(loggerOf(logs.getLoggerProvider()), outcome);
        } finally {
          span.end();
        }
      },
    );
}

function log(logger: Logger, { entries }: ObservedOutcome): void {
  for (const entry of entries) {
    const severityNumber = severityOf(entry);
    if (!logger.enabled({ severityNumber, eventName })) continue;
    const attributes = entryAttributes(entry);
    logger.emit({ eventName, severityNumber, severityText: SeverityNumber[severityNumber]!, attributes });
  }
}

function describe(span: Span, outcome: ObservedOutcome): void {
  const { problems, thrown } = outcome;
  span.setAttributes(outcomeAttributes(outcome));
  if (problems.length > 0) span.setAttribute(attribute.problems, problems.length);
  if (thrown === null) return;
  // No exception is recorded: its message may hold what no trace should.
  span.setAttribute(attribute.errorType, errorType(thrown.error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A denial is what guards are for; a failure is not. */
function severityOf({ outcome, errors }: AuditEntry): SeverityNumber {
  if (outcome === "failed") return SeverityNumber.ERROR;
  return errors > 0 ? SeverityNumber.WARN : SeverityNumber.INFO;
}

/** Makes something of what is registered, once for each. */
function forCurrent<Provider, Made>(make: (provider: Provider) => Made): (provider: Provider) => Made {
  let made: { readonly of: Provider; readonly it: Made } | undefined;
  return (provider) => {
    if (made?.of !== provider) made = { of: provider, it: make(provider) };
    return made.it;
  };
}
