import type { Path } from "@scruple/syntax";
import type { PolicyScope } from "../binder/scope.ts";
import type { Unit } from "../unit.ts";
import type { Checking } from "./checking.ts";

/** Resolves what purposes, recipients and channels are within, whom channels reach, and whom their quiet time spares. */
export function checkHierarchies(checking: Checking, scope: PolicyScope): void {
  const { resolver } = checking;
  const each = <K extends "purpose" | "recipient" | "channel">(unit: Unit, paths: readonly Path[], kind: K) => {
    for (const path of paths) resolver.find(scope, unit, path, kind);
  };
  for (const symbol of scope.symbols) {
    const { unit } = symbol;
    switch (symbol.kind) {
      case "purpose":
      case "recipient":
        each(unit, symbol.node.within, symbol.kind);
        break;
      case "channel":
        each(unit, symbol.node.within, "channel");
        each(unit, symbol.node.reaches, "recipient");
        if (symbol.node.quiet) each(unit, symbol.node.quiet.exceptFor, "purpose");
        break;
    }
  }
}
