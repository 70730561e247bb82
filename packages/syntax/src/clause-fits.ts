import { covertlyGroup, groups, inAllows, inDenials, inExceptions, inPromises } from "./clause-places.ts";
import type { Clause, ClauseKind, Exception, PromiseLine, Range, Rule, SourceFile } from "./tree.ts";

type Owner = Rule | PromiseLine | Exception;

/** Whether a clause that begins at a place would be right there: none that its rule refuses, has already, or has in another order. */
export function clauseFits(file: SourceFile, text: string, word: string, place: Range): boolean {
  const rule = ownersIn(file).findLast(({ start }) => start < place.start);
  if (rule === undefined) return true;
  const owner = innermost(rule, text, place);
  const isCovertly = word === "covertly";
  if (isCovertly && !(owner.kind === "promiseLine" && owner.modality === "never" && owner.covertly === null))
    return false;
  if (!isCovertly && !(word in groups)) return true;
  const kind = word as ClauseKind;
  if (!isCovertly && refusalsOf(owner)[kind] !== undefined) return false;
  if (kind === "with" && owner.kind !== "exception" && owner.operations.some((one) => one.word !== "combine"))
    return false;
  const group = isCovertly ? covertlyGroup : groups[kind];
  const covertly =
    owner.kind === "promiseLine" && owner.covertly !== null ? [{ ...owner.covertly, group: covertlyGroup }] : [];
  const others = owner.clauses.filter(({ start }) => start !== place.start || place.end === place.start);
  if (others.some((one) => one.kind === kind)) return false;
  return [...others.map((one) => ({ start: one.start, group: groups[one.kind] })), ...covertly].every((one) =>
    one.start < place.start ? one.group <= group : one.group >= group,
  );
}

function ownersIn({ declarations }: SourceFile): readonly (Rule | PromiseLine)[] {
  return declarations.flatMap((one): readonly (Rule | PromiseLine)[] => {
    if (one.kind === "interaction") return one.rules;
    if (one.kind === "promise") return one.lines;
    return one.kind === "rule" ? [one] : [];
  });
}

/** Behind `except` all belongs to the innermost exception, as long as no brace has closed it. */
function innermost(owner: Owner, text: string, place: Range): Owner {
  const except = owner.clauses.findLast(
    (one): one is Extract<Clause, { readonly kind: "except" }> => one.kind === "except" && one.start < place.start,
  );
  if (except === undefined || (except.end <= place.start && text[except.end - 1] === "}")) return owner;
  const isNew = /[{|]\s*$/.test(text.slice(except.start, place.start));
  const last = isNew ? undefined : except.exceptions.findLast(({ start }) => start < place.start);
  if (last === undefined) return { kind: "exception", start: place.start, end: place.end, data: [], clauses: [] };
  return innermost(last, text, place);
}

function refusalsOf(owner: Owner): Partial<Record<ClauseKind, string>> {
  if (owner.kind === "rule") return owner.effect === "allow" ? inAllows : inDenials;
  return owner.kind === "exception" ? inExceptions : inPromises;
}
