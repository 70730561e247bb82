import type { Path } from "@scruple/syntax";
import { declarationsIn } from "../binder/declarations.ts";
import type { Checking, Place } from "./checking.ts";

/** Resolves what purposes, recipients and channels are within, whom channels reach, and whom their quiet time spares. */
export function checkHierarchies(checking: Checking, { scope, unit }: Place): void {
  const { resolver } = checking;
  const each = (paths: readonly Path[], kind: "purpose" | "recipient" | "channel") => {
    for (const path of paths) resolver.find(scope, unit, path, kind);
  };
  for (const symbol of declarationsIn(unit).vocabulary) {
    switch (symbol.kind) {
      case "purpose":
      case "recipient":
        each(symbol.node.within, symbol.kind);
        break;
      case "channel":
        each(symbol.node.within, "channel");
        each(symbol.node.reaches, "recipient");
        if (symbol.node.quiet) each(symbol.node.quiet.exceptFor, "purpose");
        break;
    }
  }
}
