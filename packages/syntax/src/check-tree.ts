import { aboveComments, behindComment } from "./beside-comments.ts";
import { checkOrder, type Part } from "./check-order.ts";
import {
  covertlyGroup,
  groups,
  inAllows,
  inDenials,
  inExceptions,
  inPromises,
  type Refusals,
} from "./clause-places.ts";
import {
  clauseNotAllowed,
  combineAlone,
  emptyException,
  interactionBounds,
  ruleWithoutName,
} from "./diagnostics/index.ts";
import { Findings } from "./findings.ts";
import { lineBreakOf } from "./line-break.ts";
import { removal } from "./removal.ts";
import type { Token } from "./source-token.ts";
import type { Clause, Exception, Interaction, OperationWord, PromiseLine, Rule, SourceFile } from "./tree.ts";

const ruleOrder = "what is selected comes first, then the conditions, then what follows from them, and `except` last";

/** What the grammar takes and the language does not: clauses out of place, and things that must not be left out. */
export function checkTree(file: SourceFile, text: string, tokens: readonly Token[]): Findings {
  const findings = new Findings();
  for (const declaration of file.declarations) {
    if (declaration.kind === "rule") {
      if (declaration.name === null) findings.push(ruleWithoutName.at(declaration.effectRange, []));
      checkRule(declaration, text, findings);
    } else if (declaration.kind === "interaction") {
      checkBounds(declaration, text, tokens, findings);
      for (const rule of declaration.rules) checkRule(rule, text, findings);
    } else if (declaration.kind === "promise") {
      for (const line of declaration.lines) checkPromiseLine(line, text, findings);
    } else if (declaration.kind === "test") {
      for (const { operation, with: joined } of declaration.expectations) {
        if (joined !== null) checkCombine([operation], joined, findings);
      }
    }
  }
  return findings;
}

function checkRule(rule: Rule, text: string, findings: Findings): void {
  const [owner, refusals] = rule.effect === "allow" ? ["an allow", inAllows] : ["a denial", inDenials];
  checkClauses(rule.clauses, refusals, owner, "rule", text, findings);
  checkWith(rule, findings);
}

function checkPromiseLine(line: PromiseLine, text: string, findings: Findings): void {
  const { covertly, modality } = line;
  const more: Part[] = [];
  if (covertly !== null) {
    more.push({ word: "covertly", group: covertlyGroup, keyword: covertly, start: covertly.start, end: covertly.end });
    if (modality === "always") {
      const why = "`covertly` narrows down what must never be used; what is always allowed may be seen.";
      findings.push(clauseNotAllowed.at(covertly, ["covertly", "`always allow`", why]));
    }
  }
  checkClauses(line.clauses, inPromises, "a promise", "promise", text, findings, more);
  checkWith(line, findings);
}

function checkClauses(
  clauses: readonly Clause[],
  refusals: Refusals,
  owner: string,
  ownerWord: string,
  text: string,
  findings: Findings,
  more: readonly Part[] = [],
): void {
  if (clauses.length === 0) return;
  const parts: Part[] = [...more];
  for (const clause of clauses) {
    const { kind, keyword, start, end } = clause;
    const refusal = refusals[kind];
    if (refusal !== undefined) findings.push(clauseNotAllowed.at(keyword, [kind, owner, refusal]));
    else parts.push({ word: kind, group: groups[kind], keyword, start, end });
    if (kind === "except")
      for (const exception of clause.exceptions) checkException(exception, keyword, text, findings);
  }
  if (parts.length > 1) {
    if (more.length > 0) parts.sort((a, b) => a.start - b.start);
    checkOrder(parts, ownerWord, ruleOrder, text, findings);
  }
}

function checkException(
  exception: Exception,
  except: { start: number; end: number },
  text: string,
  findings: Findings,
): void {
  const { data, clauses } = exception;
  if (data.length === 0 && clauses.length === 0) {
    findings.push(emptyException.at(exception.end > exception.start ? exception : except, []));
  }
  checkClauses(clauses, inExceptions, "an exception", "exception", text, findings);
}

function checkWith({ operations, clauses }: Rule | PromiseLine, findings: Findings): void {
  const joined = clauses.find(({ kind }) => kind === "with");
  if (joined !== undefined) checkCombine(operations, joined.keyword, findings);
}

function checkCombine(
  operations: readonly OperationWord[],
  joined: { start: number; end: number },
  findings: Findings,
): void {
  const other = operations.find(({ word }) => word !== "combine" && word !== "");
  if (other === undefined) return;
  const related = [
    { start: other.start, end: other.end, message: `\`${other.word}\` is about one piece of data at a time.` },
  ];
  findings.push(combineAlone.at({ start: joined.start, end: joined.end }, [], { related }));
}

function checkBounds(
  { name, bounds, rules }: Interaction,
  text: string,
  tokens: readonly Token[],
  findings: Findings,
): void {
  for (const kind of ["purposes", "channels"] as const) {
    const [first, ...others] = bounds.filter((bound) => bound.kind === kind);
    if (first === undefined) {
      const message = `The interaction \`${name.text}\` does not say which ${kind} it is for. Begin it with \`${kind}\` and their names.`;
      if (name.text !== "") findings.push(interactionBounds.at(name, [message]));
      continue;
    }
    for (const bound of others) {
      findings.push(
        interactionBounds.at(
          bound.keyword,
          [`\`${kind}\` stands twice in this interaction. Join the two lists into one.`],
          {
            related: [{ ...first.keyword, message: "It stands here already." }],
          },
        ),
      );
    }
    const [rule] = rules;
    if (rule === undefined || first.start < rule.start) continue;
    const { start } = first;
    const end = behindComment(text, first.end);
    const before = aboveComments(text, tokens, rule.start);
    findings.push(
      interactionBounds.at(
        first.keyword,
        [`\`${kind}\` stands before the rules, because it bounds every one of them.`],
        {
          related: [{ ...rule.effectRange, message: "This rule comes before it." }],
          fixes: [
            {
              title: `Move \`${kind}\` before the rules`,
              edits: [
                { start: before, end: before, text: `${text.slice(start, end)}${lineBreakOf(text)}  ` },
                removal(text, { start, end }),
              ],
            },
          ],
        },
      ),
    );
  }
}
