import { outsideCell } from "./cells.ts";
import { root } from "./diagram.ts";
import type { Engine } from "./engine.ts";
import { Fault, keyFault, nameFault } from "./fault.ts";
import type { Names } from "./names.ts";
import { isObject, keysOf } from "./objects.ts";
import { PairMap } from "./pair-map.ts";
import type { Request } from "./request.ts";
import { duration } from "./values.ts";

/** An age that is that of the fact `data.age`. */
export const shared = -1;
/** Who sends requests must not fill the memory. */
const mostActs = 100_000;

const { collect, infer, use, disclose, pair } = root;

/** -1 for anything else. */
function operationOf(name: unknown): number {
  switch (name) {
    case "collect":
      return collect;
    case "infer":
      return infer;
    case "use":
      return use;
    case "disclose":
      return disclose;
    case "combine":
      return pair;
    default:
      return -1;
  }
}

/** What a request wants to be done, with its names looked up. */
export interface Act {
  interaction: number;
  /** How many pieces of data there are. */
  count: number;
  /** Whether they are joined with another. */
  isPair: boolean;
  precision: string | null;
  /** Whether one of them has an age of its own. */
  hasAges: boolean;
}

export type Acts = ReturnType<typeof actsOf>;

/** Finds out what requests want, and the cells that decide about it. */
export function actsOf(engine: Engine) {
  const { cells, channels, moments, purposes, reaches, reachOf, recipients, scaleOf, walk } = engine;
  const [places = 0, , purposeCount = 0, channelCount = 0, reachCount = 0] = engine.sizes;
  // Whether two numbers of 31 bits can name every act.
  const remembers = (moments.length / 2) * 5 * channelCount * reachCount < 2 ** 31 && places * purposeCount < 2 ** 31;
  const known = new PairMap();
  /** The one of the request at hand: numbers that are stored anew cost less than an object. */
  const act: Act = {
    interaction: 0,
    count: 0,
    isPair: false,
    precision: null,
    hasAges: false,
  };
  /** The fields of its pieces and their ages in seconds, NaN where unknown; behind them, what they are joined with. */
  const fields: number[] = [];
  const ages: number[] = [];
  /** The cells of the pieces. */
  const found: number[] = [];

  const readName = (key: string, name: unknown, names: Names): number => {
    const index = names.find(name);
    if (index < 0) throw nameFault(key, name);
    return index;
  };

  const readPiece = (key: string, raw: unknown, at: number): void => {
    let name = raw;
    let age: unknown;
    if (typeof raw !== "string") {
      if (!isObject(raw)) throw new Fault(`\`${key}\` is a field, or an object with a \`field\` and its \`age\`.`);
      name = undefined;
      const source = keysOf(raw);
      for (const part in source) {
        if (part === "field") name = source[part];
        else if (part === "age") age = source[part];
        else throw keyFault(part, key);
      }
    }
    fields[at] = readName("field", name, engine.fieldNames);
    ages[at] = shared;
    if (age === undefined || age === null) return;
    ages[at] = duration(age);
    act.hasAges = true;
  };

  /** @returns how many pieces there are */
  const readData = (data: unknown): number => {
    if (data === undefined || data === null) throw nameFault("data", data);
    if (!Array.isArray(data)) {
      readPiece("data", data, 0);
      return 1;
    }
    const count = data.length;
    if (count === 0) throw new Fault("`data` is empty.");
    for (let i = 0; i < count; i++) readPiece("data", data[i], i);
    return count;
  };

  const readReach = (recipient: unknown, channel: number): number => {
    if (recipient === undefined || recipient === null) return reachOf[channel] as number;
    const reach = readName("recipient", recipient, recipients.names);
    const reached = reaches[channel] as readonly number[];
    let one: number | undefined = reach;
    while (one !== undefined && !reached.includes(one)) one = recipients.parents[one]?.[0];
    if (one === undefined) throw new Fault(`The channel does not reach \`${recipient}\`.`);
    return reach;
  };

  const readPrecision = (level: unknown, count: number): string | null => {
    if (level === undefined || level === null) return null;
    if (typeof level !== "string") throw new Fault("`precision` is a level, in a string.");
    let i = count - 1;
    while (i >= 0 && !scaleOf[fields[i] as number]?.includes(level)) i--;
    if (i < 0) throw new Fault(`None of the data has the precision \`${level}\`.`);
    return level;
  };

  /** The place of a field at the precision that is asked for. */
  const placeAt = (at: number): number => {
    const place = fields[at] as number;
    return act.precision === null ? place : place + Math.max(0, scaleOf[place]?.indexOf(act.precision) ?? 0);
  };

  /** @param values Those of the act in the dimensions of diagrams. */
  const findCell = (operation: number, values: number[]): number => {
    const [first = 0, joined = 0, purpose = 0, channel = 0] = values;
    const interaction = engine.interactionAt(act.interaction);
    if (interaction.purposes[purpose] !== 1 || interaction.channels[channel] !== 1) return outsideCell;
    let leaf = 0;
    const join = (from: number, place: number) => {
      values[0] = place;
      for (const roots of interaction.roots) leaf = cells.join(leaf, walk(roots[from] as number, values));
    };
    if (operation !== pair) join(operation, first);
    else {
      // What bears on both together, and what bears on either.
      join(pair, first);
      join(root.first, first);
      join(root.second, joined);
    }
    return cells.cellOf(leaf);
  };

  return {
    ages,
    cells: found,
    isFull: () => known.size > mostActs,
    /** What a request wants, until the next one; `ages` and `cells` as well. Its numbers are filled in. @throws Fault where something is wrong with it */
    read: (request: Request): Act => {
      const interaction = readName("interaction", request.interaction, engine.interactionNames);
      const operation = operationOf(request.operation);
      if (operation < 0) throw nameFault("operation", request.operation);
      const purpose = readName("purpose", request.purpose, purposes.names);
      const channel = readName("channel", request.channel, channels.names);
      request.purposeNumber = purpose;
      request.channelNumber = channel;
      act.hasAges = false;
      const count = readData(request.data);
      const { joined } = request;
      const isPair = joined !== undefined && joined !== null;
      if (isPair !== (operation === pair)) {
        if (isPair) throw new Fault("`with` belongs to the operation `combine` alone.");
        throw new Fault("`combine` needs `with`: the field that the data is joined with.");
      }
      if (isPair) readPiece("with", joined, count);
      const reach = readReach(request.recipient, channel);
      act.precision = readPrecision(request.precision, isPair ? count + 1 : count);
      act.interaction = interaction;
      act.count = count;
      act.isPair = isPair;

      const context = ((interaction * 5 + operation) * channelCount + channel) * reachCount + reach;
      for (let i = 0; i < count; i++) {
        const place = placeAt(i);
        const datum = place * purposeCount + purpose;
        // Pairs are not remembered: there are too many.
        let cell = isPair ? -1 : known.get(context, datum);
        if (cell < 0) {
          cell = findCell(operation, [place, isPair ? placeAt(count) : 0, purpose, channel, reach]);
          if (!isPair && remembers) known.set(context, datum, cell);
        }
        found[i] = cell;
      }
      return act;
    },
  };
}
