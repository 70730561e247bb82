import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { finding, report, span } from "../fixtures/report.ts";
import { reportSarif } from "./report-sarif.ts";

const schemaPath = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// The schema is of draft 4, of which Ajv knows all that it uses but the two keys that say so.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(schemaPath, "utf8"));
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const kind = {
  code: "SCR2001",
  name: "unknown-name",
  severity: "error",
  summary: "A name that nothing declares.",
  docs: "Names are declared before they mean anything.",
} as const;
const tool = { version: "1.2.3", kindOf: (code: string) => (code === kind.code ? kind : undefined) };

function read(text: string) {
  const log = JSON.parse(text);
  expect(validate(log) ? [] : validate.errors).toEqual([]);
  return log.runs[0];
}

test("is a valid log where nothing was found", () => {
  expect(read(reportSarif(report(), tool))).toMatchObject({
    results: [],
    tool: { driver: { name: "Scruple", semanticVersion: "1.2.3", rules: [] } },
  });
});

test("holds each finding with its rule, its other half and its fix", () => {
  const run = read(
    reportSarif(
      report(
        finding({
          related: [{ file: "policies/b.scruple", range: span(1, 8, 9), message: "declared here" }],
          fixes: [{ title: "Write `bookings`", edits: [{ range: span(2, 11, 19), text: "bookings" }] }],
        }),
        finding({ severity: "hint" }),
      ),
      tool,
    ),
  );
  expect(run.tool.driver.rules).toEqual([
    {
      id: "SCR2001",
      name: "unknown-name",
      shortDescription: { text: "A name that nothing declares." },
      help: expect.objectContaining({ text: "Names are declared before they mean anything." }),
      defaultConfiguration: { level: "error" },
      helpUri: "https://example.org/rules/SCR2001",
    },
  ]);
  const [first, second] = run.results;
  expect(first).toMatchObject({
    ruleId: "SCR2001",
    ruleIndex: 0,
    level: "error",
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "policies/a.scruple", uriBaseId: "PROJECT" },
          region: { startLine: 2, startColumn: 11, endLine: 2, endColumn: 19 },
        },
      },
    ],
    relatedLocations: [{ message: { text: "declared here" } }],
    fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: "bookings" } }] }] }],
  });
  expect(second.level).toBe("note");
});

test("writes files and folders as URIs", () => {
  const run = read(reportSarif(report(finding({ file: "my policies/größe #1.scruple" })), tool));
  expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
    "my%20policies/gr%C3%B6%C3%9Fe%20%231.scruple",
  );
});

test("holds no link that a policy writes", () => {
  const text = "[fix it](https://evil.example) \\[";
  const run = read(
    reportSarif(
      report(
        finding({
          message: text,
          related: [{ file: "policies/b.scruple", range: span(1, 8, 9), message: text }],
          fixes: [{ title: text, edits: [{ range: span(2, 11, 19), text }] }],
        }),
      ),
      { ...tool, kindOf: () => ({ ...kind, summary: "`[`", docs: "[docs](https://example.org)" }) },
    ),
  );
  const escaped = "\\[fix it\\](https://evil.example) \\\\\\[";
  expect(run.results[0]).toMatchObject({
    message: { text: escaped },
    relatedLocations: [{ message: { text: escaped } }],
    fixes: [{ description: { text: escaped }, artifactChanges: [{ replacements: [{ insertedContent: { text } }] }] }],
  });
  expect(run.tool.driver.rules[0]).toMatchObject({
    shortDescription: { text: "`\\[`" },
    help: { text: "\\[docs\\](https://example.org)", markdown: "# `[`\n\n[docs](https://example.org)" },
  });
});
