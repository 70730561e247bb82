import { isDate } from "@scruple/model";
import type { Finding, Severity } from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import { catalogue } from "../diagnostics/catalogue.ts";
import { invalidOption } from "../diagnostics/invalid-option.ts";
import { unknownSeverity } from "../diagnostics/unknown-severity.ts";
import type { CompileOptions } from "../options.ts";

const severities = ["off", "hint", "info", "warning", "error"];
const nowhere = { start: 0, end: 0 };

/** What the options make of severities, and what is wrong with the options. */
export function readOptions(options: CompileOptions): {
  severityOf: (code: string) => Severity | "off";
  findings: Finding[];
} {
  const findings: Finding[] = [];
  const byName = new Map([...catalogue.values()].map((entry) => [entry.name, entry.code]));
  const chosen = new Map<string, Severity | "off">();
  // A code is more exact than a name only in looks: what stands later counts, as in JSON.
  for (const [key, value] of Object.entries(options.severity ?? {})) {
    const code = catalogue.has(key) ? key : byName.get(key);
    if (code === undefined) {
      const near = nearest(key, [...byName.keys(), ...catalogue.keys()]);
      findings.push(
        unknownSeverity.at(nowhere, [`\`severity\` names \`${key}\`, and there is no such diagnostic.`, near]),
      );
    } else if (!severities.includes(value)) {
      const near = nearest(String(value), severities);
      const message = `\`severity\` gives \`${key}\` the value \`${value}\`, which is none of ${severities.join(", ")}.`;
      findings.push(unknownSeverity.at(nowhere, [message, near]));
    } else chosen.set(code, value);
  }
  const { leastGroupSize, today } = options;
  if (leastGroupSize !== undefined && !(Number.isSafeInteger(leastGroupSize) && leastGroupSize >= 1)) {
    findings.push(invalidOption.at(nowhere, ["`leastGroupSize` has to be a whole number from 1."]));
  }
  if (today !== undefined && !isDate(today)) {
    findings.push(invalidOption.at(nowhere, ["`today` has to be a date, such as 2026-09-01."]));
  }
  return { severityOf: (code) => chosen.get(code) ?? catalogue.get(code)?.severity ?? "error", findings };
}
