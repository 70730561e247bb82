import type { DutyCall } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { nameAt } from "./names/name-at.ts";
import { nodesAt } from "./nodes-at.ts";
import { toOffset } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";
import { clauseForms } from "./words/clause-forms.ts";
import { documentation } from "./words/describe-entity.ts";
import { written } from "./words/written.ts";

/** What a duty has to be given, inside its parentheses; in a clause, what the clause takes. */
export function signatureHelp(snapshot: Snapshot, position: lsp.Position): lsp.SignatureHelp | null {
  const { file } = snapshot;
  const offset = toOffset(file, position);
  const around = nodesAt(file.tree.file, offset);
  const call = around.findLast((node) => node.kind === "dutyCall");
  if (call?.kind === "dutyCall" && offset > call.duty.end) return ofDuty(snapshot, call, offset);
  const clause = around.findLast((node) => clauseForms.has(node.kind));
  return clause === undefined ? null : ofClause(clause.kind);
}

function ofDuty(snapshot: Snapshot, { duty, args }: DutyCall, offset: number): lsp.SignatureHelp | null {
  const entity = nameAt(snapshot, duty.parts.at(-1)!.start)?.entity;
  if (entity?.kind !== "symbol" || entity.symbol.kind !== "duty") return null;
  const { node, unit, name } = entity.symbol;
  const labels = node.parameters.map((parameter) =>
    written(unit.text, { start: parameter.name.start, end: parameter.end }),
  );
  const current = args.find(({ start, end }) => start <= offset && offset <= end);
  const named = node.parameters.findIndex((parameter) => parameter.name.text === current?.name.text);
  const place = args.filter(({ end }) => end < offset).length;
  const value = documentation(node).join("\n\n");
  return {
    signatures: [
      {
        label: `${name}(${labels.join(", ")})`,
        parameters: labels.map((label, at) => {
          const text = documentation(node.parameters[at]!).join("\n\n");
          return { label, ...(text === "" ? {} : { documentation: { kind: "markdown" as const, value: text } }) };
        }),
        ...(value === "" ? {} : { documentation: { kind: "markdown" as const, value } }),
      },
    ],
    activeSignature: 0,
    activeParameter: named >= 0 ? named : Math.min(place, Math.max(0, labels.length - 1)),
  };
}

function ofClause(kind: string): lsp.SignatureHelp | null {
  const form = clauseForms.get(kind);
  if (form === undefined) return null;
  const { label, parameters, means } = form;
  return {
    signatures: [{ label, parameters: parameters.map((one) => ({ label: one })), documentation: means }],
    activeSignature: 0,
    activeParameter: 0,
  };
}
