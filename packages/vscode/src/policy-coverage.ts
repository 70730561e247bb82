import type { FileReached } from "@scruple/service";
import * as vscode from "vscode";
import type { Range } from "vscode-languageclient";

/**
 * What tests reach in a file, in the terms that VS Code has: rules are its declarations, the ways in which conditions come out its
 * branches, and cells, kinds of requests that are decided alike, its statements.
 */
export class PolicyCoverage extends vscode.FileCoverage {
  readonly details: (vscode.DeclarationCoverage | vscode.StatementCoverage)[];

  constructor(uri: vscode.Uri, { rules, branches, cells }: FileReached, asRange: (range: Range) => vscode.Range) {
    const sum = (what: "covered" | "total") => (cells ?? []).reduce((all, one) => all + one[what], 0);
    super(
      uri,
      new vscode.TestCoverageCount(sum("covered"), sum("total")),
      branches === null ? undefined : countOf(branches, ({ isTaken }) => isTaken),
      countOf(rules, ({ isReached }) => isReached),
    );
    this.details = [
      ...rules.map(({ path, range, isReached }) => new vscode.DeclarationCoverage(path, isReached, asRange(range))),
      ...rules.map(({ path, range, isReached }) => {
        const own = (branches ?? [])
          .filter(({ rule }) => rule === path)
          .map((one) => new vscode.BranchCoverage(one.isTaken, asRange(one.range), one.label));
        return new vscode.StatementCoverage(isReached, asRange(range), own);
      }),
      // As a number, how often: here, how many of its cells.
      ...(cells ?? []).map(({ range, covered }) => new vscode.StatementCoverage(covered, asRange(range))),
    ];
  }
}

function countOf<One>(all: readonly One[], isCovered: (one: One) => boolean): vscode.TestCoverageCount {
  return new vscode.TestCoverageCount(all.filter(isCovered).length, all.length);
}
