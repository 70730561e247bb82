import { pathText } from "@scruple/compiler";
import { clauseOf, type Interaction, type Path, type Rule } from "@scruple/syntax";
import { type Snapshot, scopeOf } from "../snapshot.ts";
import { documentation } from "./describe-entity.ts";
import { listed } from "./listed.ts";
import { ruleNumbers } from "./rule-numbers.ts";
import { written } from "./written.ts";

/** What a rule decides: in a sentence, in numbers, and in its author's words. */
export function describeRule(snapshot: Snapshot, rule: Rule): string {
  const { file, program } = snapshot;
  const scope = scopeOf(snapshot);
  const symbol = scope?.symbols.find((one) => one.kind === "rule" && one.node === rule);
  const interaction = symbol?.kind === "rule" ? (symbol.interaction?.node ?? null) : null;
  const space = scope === null ? null : program.space(scope.name);
  const numbers =
    symbol?.kind === "rule" && space !== null ? ruleNumbers(space, symbol.id, symbol.interaction?.id ?? null) : null;
  return [
    symbol === undefined ? "" : `**\`${symbol.id}\`**`,
    sentence(file.text, rule, interaction),
    numbers ?? "",
    ...documentation(rule),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function sentence(text: string, rule: Rule, interaction: Interaction | null): string {
  const { clauses, operations, data, effect } = rule;
  const names = (paths: readonly Path[]) => listed(paths.map((path) => `\`${pathText(path)}\``));
  const bound = (kind: "purposes" | "channels") => interaction?.bounds.find((one) => one.kind === kind)?.names;
  const purposes = clauseOf(clauses, "for")?.purposes ?? bound("purposes");
  const channels = clauseOf(clauses, "on")?.channels ?? bound("channels");
  const recipients = clauseOf(clauses, "to")?.recipients;
  const level = clauseOf(clauses, "at")?.level.text ?? "";
  const { basis = "", purpose = null } = clauseOf(clauses, "under") ?? {};
  const after = clauseOf(clauses, "after");
  const said = (kind: "when" | "unless" | "until" | "then") => {
    const clause = clauseOf(clauses, kind);
    return clause === undefined ? [] : [`\`${written(text, clause)}\``];
  };
  const parts = [
    `${effect === "allow" ? "Allows to" : after === undefined ? "Denies to" : "Limits how often to"} ${listed(operations.map(({ word }) => word))} ${names(data)}`,
    ...(clauseOf(clauses, "with") === undefined ? [] : [`together with ${names(clauseOf(clauses, "with")!.data)}`]),
    ...(purposes === undefined ? [] : [`for ${names(purposes)}`]),
    ...(channels === undefined ? ["in every interaction"] : [`on ${names(channels)}`]),
    ...(recipients === undefined ? [] : [`to ${names(recipients)}`]),
    ...(level === "" ? [] : [`at \`${level}\` or ${effect === "allow" ? "coarser" : "finer"}`]),
    ...(basis === "" ? [] : [`under \`${basis}\``]),
    ...(purpose === null ? [] : [`for ${names([purpose])}`]),
    ...[...said("when"), ...said("unless"), ...said("until")],
    ...(after === undefined ? [] : [`\`${written(text, after)}\``]),
    ...(clauseOf(clauses, "except") === undefined ? [] : ["with exceptions"]),
    ...said("then"),
  ];
  return `${parts.join(" ")}.`;
}
