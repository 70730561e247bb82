import type { SourceToken } from "../source-token.ts";
import type {
  Declaration,
  Decorated,
  Field,
  Interaction,
  Member,
  Promise_,
  Source,
  SourceFile,
  Test,
} from "../tree.ts";
import { layOutRule } from "./lay-out-rule.ts";
import type { Blank, Layout } from "./layout.ts";

/** Columns that a block's content is further in than its braces. */
const step = 2;

/** Decides where the lines of a file begin. */
export function layOutFile(file: SourceFile, layout: Layout): void {
  const { policy, declarations } = file;
  if (policy !== null) head(layout, policy, 0, "first");
  let before: Declaration | null = null;
  for (const declaration of declarations) {
    const apart = before === null || isBlock(before) || isBlock(declaration);
    head(layout, declaration, 0, apart ? "force" : "keep");
    layOutDeclaration(declaration, layout);
    before = declaration;
  }
}

/** Whether a declaration takes several lines by its nature, so that a blank line stands before and after it. */
function isBlock(declaration: Declaration): boolean {
  switch (declaration.kind) {
    case "rule":
      return declaration.clauses.length > 0;
    case "source":
    case "subject":
    case "facts":
    case "interaction":
    case "promise":
    case "test":
      return true;
    default:
      return false;
  }
}

/** Begins a line with a node; its annotations, and what follows them, are on lines of their own. */
function head(layout: Layout, node: Decorated, indent: number, blank: Blank): SourceToken | undefined {
  const first = layout.tokenFrom(node.start);
  layout.line(first, indent, blank);
  let next = first;
  for (const annotation of node.annotations) {
    if (annotation.start !== first?.start) layout.line(layout.tokenFrom(annotation.start), indent, "none");
    next = layout.tokenFrom(annotation.end);
    layout.line(next, indent, "none");
  }
  return next;
}

function layOutDeclaration(declaration: Declaration, layout: Layout): void {
  if (declaration.kind === "rule") layOutRule(declaration, 0, layout);
  else if (declaration.kind === "source") layOutSource(declaration, layout);
  else if (declaration.kind === "subject") layOutMembers(declaration.attributes, declaration, layout);
  else if (declaration.kind === "facts") layOutMembers(declaration.facts, declaration, layout);
  else if (declaration.kind === "interaction") layOutInteraction(declaration, layout);
  else if (declaration.kind === "promise") layOutPromise(declaration, layout);
  else if (declaration.kind === "test") layOutTest(declaration, layout);
  else if (declaration.kind === "duty") {
    for (const { name } of declaration.parameters) layout.pad(layout.find(name.end, ":"), 1);
  }
}

function layOutSource(source: Source, layout: Layout): void {
  const { collectedFor, consentFor, keep, originRange, derivedFrom } = source;
  const [collected] = collectedFor;
  // Whatever the order, each clause of the head is on a line of its own; then the brace is so, too.
  const origin = derivedFrom.at(-1) ?? originRange;
  const brace = layout.find(origin.end, "{");
  if (collected !== undefined) layout.line(layout.tokenFrom(origin.end), step, "none");
  if (consentFor !== null) {
    layout.line(layout.tokenFrom(collectedFor.at(-1)?.end ?? origin.end), step, "none");
  }
  if (keep !== null) layout.line(layout.tokenFrom(keep.start), step, "none");
  if (collected !== undefined || consentFor !== null || keep !== null) {
    layout.line(brace, 0, "none", { commentIndent: step });
  }
  layOutMembers(source.fields, source, layout, brace);
}

/** Fields, attributes or facts, each on a line, with their colons below each other. */
function layOutMembers(
  members: readonly (Field | Member)[],
  owner: Decorated,
  layout: Layout,
  brace: SourceToken | undefined = layout.find(owner.annotations.at(-1)?.end ?? owner.start, "{"),
): void {
  const widths = members.map((member) => {
    const optional = member.kind === "member" && member.optional ? 1 : 0;
    return member.name.end - member.name.start + optional;
  });
  const widest = widths.reduce((a, b) => Math.max(a, b), 0);
  for (const [place, member] of members.entries()) {
    head(layout, member, step, place === 0 ? "first" : "keep");
    layout.pad(layout.find(member.name.end, ":"), widest - (widths[place] ?? 0) + 1);
  }
  closeBlock(layout, brace, owner, members.length > 0, 0);
}

/** The closing brace of a block, on a line of its own unless there is nothing inside. */
function closeBlock(
  layout: Layout,
  brace: SourceToken | undefined,
  owner: Decorated,
  filled: boolean,
  indent: number,
): void {
  const close = layout.tokenUpTo(owner.end);
  const inside = { start: brace?.start ?? owner.start, end: owner.end };
  if (filled || layout.hasComment(inside)) layout.line(close, indent, "last", { commentIndent: indent + step });
}

function layOutInteraction(interaction: Interaction, layout: Layout): void {
  const { bounds, rules } = interaction;
  for (const [place, bound] of bounds.entries()) {
    layout.line(layout.tokenFrom(bound.start), step, place === 0 ? "first" : "keep");
  }
  for (const [place, rule] of rules.entries()) {
    const before = rules[place - 1];
    const several = (before?.clauses.length ?? 0) > 0 || rule.clauses.length > 0;
    head(
      layout,
      rule,
      step,
      before === undefined && bounds.length === 0 ? "first" : before === undefined || several ? "force" : "keep",
    );
    layOutRule(rule, step, layout);
  }
  const brace = layout.find(interaction.name.end, "{");
  closeBlock(layout, brace, interaction, bounds.length + rules.length > 0, 0);
}

function layOutPromise(promise: Promise_, layout: Layout): void {
  for (const [place, line] of promise.lines.entries()) head(layout, line, step, place === 0 ? "first" : "keep");
  closeBlock(layout, layout.find(promise.text.end, "{"), promise, promise.lines.length > 0, 0);
}

function layOutTest(test: Test, layout: Layout): void {
  const { interaction, given, expectations } = test;
  const brace = layout.find(test.text.end, "{");
  // `in`
  layout.line(interaction === null ? undefined : layout.tokenUpTo(interaction.start), step, "first");
  const [first] = given;
  // `given`
  if (first !== undefined) layout.line(layout.tokenUpTo(first.start), step, "keep");
  for (const expectation of expectations) head(layout, expectation, step, "keep");
  closeBlock(layout, brace, test, true, 0);
}
