import { type Cell, type DecisionSpace, FALSE, TooLargeError, TRUE } from "@scruple/analysis";
import { spell } from "@scruple/compiler";
import type { Id, Operation } from "@scruple/model";
import { nodeAt } from "./nodes-at.ts";
import { type Snapshot, scopeOf } from "./snapshot.ts";

/** How requests come out: always allowed, never, or as facts have it; `unknown` where there is too much to be looked at. */
export type Verdict = "allowed" | "denied" | "conditional" | "unknown";

/**
 * For one interaction and one operation: how each field may be handled on each channel, or for each purpose. To combine takes two fields:
 * each pair that an allow selects.
 */
export interface DecisionMatrix {
  readonly policy: string;
  readonly interaction: string;
  readonly operation: Operation;
  readonly by: "channel" | "purpose";
  /** Names as a policy writes them, with the ids that requests may give. */
  readonly columns: readonly { readonly id: Id; readonly name: string }[];
  readonly rows: readonly {
    readonly id: Id;
    /** `source.field`, or `source.field with source.field` */
    readonly name: string;
    /** One for each column. */
    readonly cells: readonly { readonly verdict: Verdict; readonly request: unknown }[];
  }[];
  /** Whether there are more pairs than these. */
  readonly more: boolean;
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
  /** By row and column. */
  const verdicts = new Map<string, Set<Verdict>>();
  const requests = new Map<string, { readonly request: unknown; readonly worth: number }>();
  const columns = new Set<Id>();
  const fields = model.sources.flatMap((source) => source.fields.map((field) => field.id));
  const scope = { interactions: [id], operations: [operation] };
  const { pairs, more } = operation === "combine" ? pairsIn(space.cells(scope)) : { pairs: null, more: false };
  const all = { ...scope, unselected: true, ...(pairs && { pairs: (datum: Datum) => pairs.has(rowOf(datum)) }) };
  for (const cell of pairs?.size === 0 ? [] : space.cells(all)) {
    const verdict = verdictOf(space, cell);
    for (const datum of cell.data) {
      for (const purpose of cell.purposes)
        for (const { channel } of cell.routes) {
          const column = by === "channel" ? channel : purpose;
          const key = `${rowOf(datum)} ${column}`;
          columns.add(column);
          verdicts.set(key, (verdicts.get(key) ?? new Set()).add(verdict));
          const worth = worthOf(verdict, interaction.purposes.includes(purpose));
          if (worth > (requests.get(key)?.worth ?? -1)) {
            const what = { ...dataOf(datum), purpose, channel };
            requests.set(key, { worth, request: { interaction: interaction.name, operation, ...what } });
          }
        }
    }
  }
  const sorted = [...columns].sort();
  const columnNames = namesOf(sorted, 1);
  const fieldNames = namesOf(fields, 2);
  const rows = pairs ?? new Map(fields.map((field) => [field, [field]]));
  return {
    ...{ policy: model.policy, interaction: interaction.name, operation, by },
    columns: sorted.map((column) => ({ id: column, name: columnNames.get(column)! })),
    rows: [...rows].map(([row, named]) => ({
      id: row,
      name: named.map((field) => fieldNames.get(field)!).join(" with "),
      cells: sorted.map((column) => {
        const key = `${row} ${column}`;
        return { verdict: joined(verdicts.get(key)), request: requests.get(key)?.request ?? null };
      }),
    })),
    more,
  };
}

type Datum = Cell["data"][number];

/** More than anyone looks through. */
const mostPairs = 1000;

/** The fields of each pair in some cells, by its row. */
function pairsIn(cells: Iterable<Cell>): { readonly pairs: ReadonlyMap<Id, readonly Id[]>; readonly more: boolean } {
  const pairs = new Map<Id, readonly Id[]>();
  for (const { data } of cells)
    for (const datum of data) {
      if (pairs.size === mostPairs && !pairs.has(rowOf(datum))) return { pairs, more: true };
      pairs.set(rowOf(datum), [datum.field, datum.with!]);
    }
  return { pairs, more: false };
}

function rowOf({ field, with: other }: Datum): Id {
  return other === null ? field : `${field} ${other}`;
}

/** What a request says of its data. */
function dataOf({ field, with: other, level }: Datum) {
  return { data: field, ...(other !== null && { with: other }), ...(level !== null && { precision: level }) };
}

/** Which request stands for a place in the matrix: one that may be allowed, and for a purpose that the interaction names. */
function worthOf(verdict: Verdict, isNamed: boolean): number {
  return (verdict === "denied" ? 0 : 2) + (isNamed ? 1 : 0);
}

function verdictOf(space: DecisionSpace, cell: Cell): Verdict {
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

/** The last parts of ids as a policy writes them; all parts, where others end in the same. */
function namesOf(ids: readonly Id[], parts: number): ReadonlyMap<Id, string> {
  const short = (id: Id) => id.split(".").slice(-parts).join(".");
  const count = new Map<string, number>();
  for (const id of ids) count.set(short(id), (count.get(short(id)) ?? 0) + 1);
  return new Map(ids.map((id) => [id, spell(count.get(short(id)) === 1 ? short(id) : id)]));
}
