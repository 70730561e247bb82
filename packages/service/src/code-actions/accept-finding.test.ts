import { compile, editedFiles } from "@scruple/compiler";
import { readCorpus, readMarked, withoutMarks } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { toOffsets } from "../positions.ts";
import { fileOf, type Snapshot } from "../snapshot.ts";
import { addresses } from "../testing/at.ts";
import { acceptFinding } from "./accept-finding.ts";

const isSettled = ({ code, name }: { readonly code: string; readonly name: string }) =>
  /^SCR[45]/.test(code) && name !== "unneeded-accept" && name !== "too-complex";

describe("accepting a finding settles it", () => {
  const sources = readCorpus().bad.filter(({ code, near }) => /^SCR[45]/.test(code) && !near);

  it.each(sources.map(({ name, source }) => [name, source] as const))("in %s", (_, source) => {
    const { files, options } = readMarked(withoutMarks(source));
    const program = compile(files, options);
    const { diagnostics } = program;
    if (diagnostics.some(({ severity }) => severity === "error")) return;
    const countOf = (found: typeof diagnostics, wanted: string) => found.filter(({ name }) => name === wanted).length;
    for (const finding of diagnostics.filter(isSettled)) {
      const file = fileOf(program, finding.file)!;
      const snapshot: Snapshot = { program, file, addresses, findings: () => [finding] };
      const [action] = acceptFinding(snapshot, finding);
      const [edits] = Object.values(action?.edit?.changes ?? {});
      const placed = edits?.map(({ range, newText }) => ({ ...toOffsets(file, range), text: newText })) ?? [];
      const after = compile(editedFiles(program, new Map([[file.path, placed]])), options);
      const { message } = finding;
      expect(countOf(after.diagnostics, finding.name), message).toBeLessThan(countOf(diagnostics, finding.name));
      expect(countOf(after.diagnostics, "unneeded-accept"), message).toBe(countOf(diagnostics, "unneeded-accept"));
    }
  });
});
