import { pathText } from "@scruple/compiler";
import { type BasisWord, clauseOf, type Interaction, type Path, type Range, type Rule } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { ancestorsOf, meantBy } from "./names/meant-by.ts";
import { toOffsets, toPosition } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** Names of a hint before the rest of them is only counted. */
const most = 3;

/** What rules say without writing it: what they take over from their interaction, what an operation or a basis brings. */
export function inlayHints({ program, file }: Snapshot, within: lsp.Range): lsp.InlayHint[] {
  const { lines, tree } = file;
  const range = toOffsets(file, within);
  const hints: lsp.InlayHint[] = [];
  const add = (at: number, label: string, tooltip: string) => {
    if (at < range.start || at > range.end) return;
    hints.push({
      position: toPosition(lines, at),
      label,
      tooltip,
      paddingLeft: true,
      kind: lsp.InlayHintKind.Parameter,
    });
  };
  for (const declaration of tree.file.declarations) {
    if (declaration.end < range.start || declaration.start > range.end) continue;
    if (declaration.kind === "rule") ofRule(declaration, null, add);
    if (declaration.kind === "interaction")
      for (const rule of declaration.rules) {
        ofRule(rule, declaration, add);
        if (rule.end >= range.start && rule.start <= range.end) ofBounds({ program, file }, rule, declaration, add);
      }
  }
  return hints;
}

type Add = (at: number, label: string, tooltip: string) => void;

function ofRule(rule: Rule, interaction: Interaction | null, add: Add): void {
  if (rule.data.every(({ parts }) => parts.every(({ text }) => text === ""))) return;
  ofOperations(rule, add);
  ofSelectors(rule, interaction, add);
  ofBasis(rule, add);
}

/** To disclose is to use. */
function ofOperations({ operations, effect }: Rule, add: Add): void {
  const words = new Map(operations.map((operation) => [operation.word, operation] as const));
  const [from, to] = effect === "allow" ? (["disclose", "use"] as const) : (["use", "disclose"] as const);
  const at = words.get(from);
  if (at === undefined || words.has(to) || words.has("process")) return;
  add(
    at.end,
    `and ${to}`,
    effect === "allow" ? "To disclose is to use: both are allowed." : "To disclose is to use: both are denied.",
  );
}

function ofSelectors({ clauses, data }: Rule, interaction: Interaction | null, add: Add): void {
  const at = lastSelector(clauses, data.at(-1)!);
  if (interaction === null) {
    const isBound = clauseOf(clauses, "for") !== undefined && clauseOf(clauses, "on") !== undefined;
    if (!isBound)
      add(
        at,
        "in every interaction",
        "Outside an interaction a rule holds in all of them, and in those of policies that use it if it is a denial.",
      );
    return;
  }
  const bound = (kind: "purposes" | "channels") => interaction.bounds.find((one) => one.kind === kind)?.names ?? [];
  const missing = [
    ...(clauseOf(clauses, "for") === undefined ? [["for", bound("purposes")] as const] : []),
    ...(clauseOf(clauses, "on") === undefined ? [["on", bound("channels")] as const] : []),
  ].filter(([, names]) => names.length > 0);
  if (missing.length === 0) return;
  const label = missing.map(([word, names]) => `${word} ${listed(names)}`).join(" ");
  add(at, label, `Left out, it is what \`${interaction.name.text}\` says.`);
}

/** A rule may name something more general than its interaction does: what is left of that. */
function ofBounds(
  { program, file }: Pick<Snapshot, "program" | "file">,
  rule: Rule,
  interaction: Interaction,
  add: Add,
) {
  for (const [clause, names, kind] of [
    [clauseOf(rule.clauses, "for"), clauseOf(rule.clauses, "for")?.purposes, "purposes"],
    [clauseOf(rule.clauses, "on"), clauseOf(rule.clauses, "on")?.channels, "channels"],
  ] as const) {
    if (clause === undefined || names === undefined) continue;
    const named = new Set(meantBy(program, file.path, names).map(({ id }) => id));
    const bounds = interaction.bounds.find((one) => one.kind === kind)?.names ?? [];
    const left = bounds.filter((bound) => {
      const [symbol] = meantBy(program, file.path, [bound]);
      return (
        symbol !== undefined && !named.has(symbol.id) && [...ancestorsOf(program, symbol)].some((id) => named.has(id))
      );
    });
    const tooltip = `\`${interaction.name.text}\` has no other ${kind} of that kind.`;
    if (left.length > 0) add(clause.end, `here ${listed(left)}`, tooltip);
  }
}

/** Where the data and the selectors that are written end. */
function lastSelector(clauses: Rule["clauses"], data: Range): number {
  const kinds = new Set(["with", "for", "on", "to", "at"]);
  return clauses.filter(({ kind }) => kinds.has(kind)).reduce((end, clause) => Math.max(end, clause.end), data.end);
}

function listed(names: readonly Path[]): string {
  const shown = names.slice(0, most).map(pathText).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

const implied: Readonly<Partial<Record<BasisWord, string>>> = {
  consent: "The consent has to be there, and nobody may have objected to the same purpose since.",
  "explicit consent":
    "The consent has to be given explicitly and to exactly that purpose, and nobody may have objected to it since.",
  legitimate_interest: "An objection to the purpose, or to one that it overlaps, ends it.",
  public_task: "An objection to the purpose, or to one that it overlaps, ends it.",
};

/** What a legal basis asks for besides. */
function ofBasis({ clauses }: Rule, add: Add): void {
  const under = clauseOf(clauses, "under");
  const tooltip = under === undefined || under.basis === "" ? undefined : implied[under.basis];
  if (under !== undefined && tooltip !== undefined) add(under.end, "and no objection", tooltip);
}
