import { type DecisionSpace, FALSE, TooLargeError, TRUE } from "@scruple/analysis";
import type { Id, Operation } from "@scruple/model";
import { nodeAt } from "./nodes-at.ts";
import { type Snapshot, scopeOf } from "./snapshot.ts";

/** How requests come out: always allowed, never, or as facts have it; `unknown` where there is too much to be looked at. */
export type Verdict = "allowed" | "denied" | "conditional" | "unknown";

/** For one interaction and one operation: how each field may be handled on each channel, or for each purpose. */
export interface DecisionMatrix {
  readonly policy: string;
  readonly interaction: string;
  readonly operation: Operation;
  readonly by: "channel" | "purpose";
  /** Names as a policy writes them, with the ids that requests may give. */
  readonly columns: readonly { readonly id: Id; readonly name: string }[];
  readonly rows: readonly {
    readonly id: Id;
    /** `source.field` */
    readonly name: string;
    /** One for each column. */
    readonly cells: readonly { readonly verdict: Verdict; readonly request: unknown }[];
  }[];
}

/** The matrix of the interaction at an offset, or of the file's first; null where there is none, or the policy has errors. */
export function decisionMatrix(
  snapshot: Snapshot,
  offset: number,
  { by = "channel", operation = "use" }: Partial<Pick<DecisionMatrix, "by" | "operation">> = {},
): DecisionMatrix | null {
  const { file, program } = snapshot;
  const scope = scopeOf(snapshot);
  const first = file.tree.file.declarations.find(({ kind }) => kind === "interaction");
  const node = nodeAt(file.tree.file, offset, "interaction") ?? first;
  const symbol = scope?.symbols.find((one) => one.kind === "interaction" && one.node === node);
  const space = scope === null ? null : program.space(scope.name);
  return symbol === undefined || space === null ? null : matrixOf(space, symbol.id, by, operation);
}

function matrixOf(space: DecisionSpace, id: Id, by: DecisionMatrix["by"], operation: Operation): DecisionMatrix | null {
  const { model, interactions } = space.world;
  const interaction = interactions.get(id);
  if (interaction === undefined) return null;
  /** By field and column. */
  const verdicts = new Map<string, Set<Verdict>>();
  const requests = new Map<string, { readonly request: unknown; readonly worth: number }>();
  const columns = new Set<Id>();
  for (const cell of space.cells({ interactions: [id], operations: [operation], unselected: true })) {
    const verdict = verdictOf(space, cell);
    for (const { field, with: other } of cell.data) {
      if (other !== null) continue;
      for (const purpose of cell.purposes)
        for (const { channel } of cell.routes) {
          const column = by === "channel" ? channel : purpose;
          const key = `${field} ${column}`;
          columns.add(column);
          verdicts.set(key, (verdicts.get(key) ?? new Set()).add(verdict));
          const worth = worthOf(verdict, interaction.purposes.includes(purpose));
          if (worth > (requests.get(key)?.worth ?? -1))
            requests.set(key, {
              worth,
              request: { interaction: interaction.name, operation, data: field, purpose, channel },
            });
        }
    }
  }
  const sorted = [...columns].sort();
  return {
    ...{ policy: model.policy, interaction: interaction.name, operation, by },
    columns: sorted.map((column) => ({ id: column, name: lastParts(column, 1) })),
    rows: model.sources
      .flatMap(({ fields }) => fields)
      .map((field) => ({
        id: field.id,
        name: lastParts(field.id, 2),
        cells: sorted.map((column) => {
          const key = `${field.id} ${column}`;
          return { verdict: joined(verdicts.get(key)), request: requests.get(key)?.request ?? null };
        }),
      })),
  };
}

/** Which request stands for a place in the matrix: one that may be allowed, and for a purpose that the interaction names. */
function worthOf(verdict: Verdict, isNamed: boolean): number {
  return (verdict === "denied" ? 0 : 2) + (isNamed ? 1 : 0);
}

function verdictOf(space: DecisionSpace, cell: Parameters<DecisionSpace["decide"]>[0]): Verdict {
  try {
    const { allowed } = space.decide(cell).decision;
    return allowed === TRUE ? "allowed" : allowed === FALSE ? "denied" : "conditional";
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    return "unknown";
  }
}

/** What several requests of one place in the matrix come to: one verdict, if all have it. */
function joined(verdicts: ReadonlySet<Verdict> = new Set()): Verdict {
  if (verdicts.size === 0) return "denied";
  if (verdicts.has("unknown")) return "unknown";
  return verdicts.size === 1 ? [...verdicts][0]! : "conditional";
}

function lastParts(id: Id, count: number): string {
  return id.split(".").slice(-count).join(".");
}
