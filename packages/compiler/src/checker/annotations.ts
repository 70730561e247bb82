import type { Annotation, Decorated, Literal } from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import { replaceFix } from "../binder/spelling.ts";
import { decoratedIn } from "../decorated.ts";
import { acceptWithoutReason } from "../diagnostics/accept-without-reason.ts";
import { annotationArguments } from "../diagnostics/annotation-arguments.ts";
import { repeatedAnnotation } from "../diagnostics/repeated-annotation.ts";
import { unknownAnnotation } from "../diagnostics/unknown-annotation.ts";
import type { Unit } from "../unit.ts";
import type { Checking, Place } from "./checking.ts";

interface Shape {
  /** Kinds that the one argument may have. */
  readonly takes: readonly Literal["kind"][];
  readonly example: string;
  /** True where a declaration may have several. */
  readonly several: boolean;
}
const shapes: ReadonlyMap<string, Shape> = new Map([
  ["id", { takes: ["string"], example: '@id("AIR-3")', several: false }],
  ["owner", { takes: ["string"], example: '@owner("Loyalty team")', several: false }],
  ["review", { takes: ["date"], example: "@review(2026-09-01)", several: false }],
  ["dpv", { takes: ["string"], example: '@dpv("dpv:Marketing")', several: true }],
  ["fides", { takes: ["string"], example: '@fides("user.contact")', several: true }],
  ["tcf", { takes: ["int", "string"], example: "@tcf(4)", several: true }],
  ["accept", { takes: ["string"], example: '@accept("untold", "the form says so")', several: true }],
]);

/** Checks the annotations of everything that a file declares. */
export function checkAnnotations(checking: Checking, { unit }: Place): void {
  for (const node of decoratedIn(unit.tree.file)) check(checking, unit, node);
}

function check(checking: Checking, unit: Unit, node: Decorated): void {
  const seen = new Map<string, Annotation>();
  for (const annotation of node.annotations) {
    const name = annotation.name.text;
    if (name === "") continue;
    const shape = shapes.get(name);
    if (!shape) {
      const near = nearest(name, shapes.keys());
      const fixes = near === null ? [] : [replaceFix(annotation.name, near)];
      checking.findings.add(unit, unknownAnnotation.at(annotation.name, [name, near], { fixes }));
      continue;
    }
    const first = seen.get(name);
    if (first && !shape.several) {
      const related = [{ start: first.start, end: first.end, message: "It is first said here." }];
      checking.findings.add(unit, repeatedAnnotation.at(annotation, [name], { related }));
    }
    seen.set(name, annotation);
    checkArguments(checking, unit, annotation, shape);
  }
}

function checkArguments(checking: Checking, unit: Unit, annotation: Annotation, shape: Shape): void {
  const { args } = annotation;
  const name = annotation.name.text;
  const fits = (literal: Literal | undefined) => literal !== undefined && shape.takes.includes(literal.kind);
  if (name !== "accept") {
    if (args.length !== 1 || !fits(args[0])) {
      checking.findings.add(unit, annotationArguments.at(annotation, [name, shape.example]));
    }
    return;
  }
  if (!fits(args[0]) || args.length > 2 || (args.length === 2 && !fits(args[1]))) {
    checking.findings.add(unit, annotationArguments.at(annotation, [name, shape.example]));
  } else if (args[1]?.kind !== "string" || args[1].value.trim() === "") {
    checking.findings.add(unit, acceptWithoutReason.at(annotation, [(args[0] as { value: string }).value]));
  }
}
