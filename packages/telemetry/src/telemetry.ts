import { metrics, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import type { AuditEntry, ObservedOutcome, Observer } from "@scruple/runtime/enforce";
import { attribute, entryAttributes, errorType, outcomeAttributes, spanAttributes } from "./attributes.ts";
import { Meters } from "./meters.ts";
import { scope } from "./scope.ts";

/**
 * Tells OpenTelemetry of each call to a guard: a span, in which what stores and actions tell is nested; what it decided as
 * counters and a duration; and a log record for each decision. It goes to whatever is registered with OpenTelemetry's API,
 * now or later; where nothing is, it goes nowhere.
 */
export function telemetry(): Observer {
  const metersOf = forCurrent((provider: ReturnType<typeof metrics.getMeterProvider>) => new Meters(provider));
  return (call, run) =>
    trace
      .getTracer(scope.name, scope.version)
      .startActiveSpan(`${call.call} ${call.interaction}`, { attributes: spanAttributes(call) }, async (span) => {
        const start = performance.now();
        const outcome = await run();
        const seconds = (performance.now() - start) / 1000;
        try {
          metersOf(metrics.getMeterProvider()).record(call, outcome, seconds);
          const logger = logs.getLogger(scope.name, scope.version);
          for (const entry of outcome.entries) {
            const severityNumber = severityOf(entry);
            const severityText = SeverityNumber[severityNumber]!;
            const attributes = entryAttributes(entry);
            logger.emit({ eventName: "scruple.decision", severityNumber, severityText, attributes });
          }
          close(span, outcome);
        } finally {
          span.end();
        }
      });
}

function close(span: Span, outcome: ObservedOutcome): void {
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

/** Makes something of what is registered, once for each: meters, unlike tracers and loggers, do not follow by themselves. */
function forCurrent<Provider, Made>(make: (provider: Provider) => Made): (provider: Provider) => Made {
  let made: { readonly of: Provider; readonly it: Made } | undefined;
  return (provider) => {
    if (made?.of !== provider) made = { of: provider, it: make(provider) };
    return made.it;
  };
}
