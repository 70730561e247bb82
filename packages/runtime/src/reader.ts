import type { Decision } from "./decision.ts";
import { root } from "./diagram.ts";
import type { Engine } from "./engine.ts";
import { ageSlot } from "./facts.ts";
import { keyFault, nameFault } from "./faults.ts";
import { forget, isObject, type Keys, keysOf, type Order, own, readInto } from "./keys.ts";

/** A request with its names looked up. Facts and permissions are in the engine, as they came. */
export interface Reading {
  /** A root of diagrams; `root.pair` for `combine`. */
  operation: number;
  interaction: number;
  purpose: number;
  channel: number;
  /** A recipient, or the list of all that the channel reaches. */
  reach: number;
  precision: string | null;
  /** Indexes of the pieces' fields, and their ages as they came. */
  readonly fields: number[];
  readonly ages: unknown[];
  /** What they are joined with; -1 for nothing. */
  joined: number;
  joinedAge: unknown;
  /** The fact `data.age`, which is the age of each piece that has none of its own. */
  sharedAge: unknown;
}

export interface Reader {
  readonly reading: Reading;
  /** The request's `id`, once that has been read. */
  id: Decision["id"];
  /** Fills in `reading` and the engine's facts; or says what is wrong. */
  read(request: unknown): readonly string[] | undefined;
  /** Lets go of what a request held. */
  forget(): void;
}

const operations: ReadonlyMap<unknown, number> = new Map([
  ["collect", root.collect],
  ["infer", root.infer],
  ["combine", root.pair],
  ["use", root.use],
  ["disclose", root.disclose],
]);
const requestKeys =
  "id interaction operation data with purpose channel recipient precision subject facts consents objections".split(" ");

export function readerOf({ facts, moment, names, reachOf, reaches, scaleOf }: Engine): Reader {
  const pieceKeys = keysOf(new Map(["field", "age"].map((key, index) => [key, index + 1])));
  const piece: unknown[] = [undefined, undefined, undefined];
  let faults: string[] | undefined;
  let subjectOrder: Order | undefined;
  let factOrder: Order | undefined;
  let ownAges = false;

  const fault = (message: string): void => {
    if (faults === undefined) faults = [];
    faults.push(message);
  };

  /** The index of a name; 0, with a fault, where there is none. */
  const indexOf = (key: string, name: unknown, table: ReadonlyMap<unknown, number>): number => {
    const index = table.get(name);
    if (index !== undefined) return index;
    fault(nameFault(key, name, table.keys() as Iterable<string>));
    return 0;
  };

  const readValues = (key: string, raw: unknown, keys: Keys): Order | undefined => {
    if (raw === undefined || raw === null) return undefined;
    if (!isObject(raw)) {
      fault(`\`${key}\` is an object.`);
      return undefined;
    }
    const order = readInto(keys, raw, facts.raw);
    if (order.wrong !== undefined) fault(keyFault(order.wrong, `\`${key}\` in this policy`, keys.slots.keys()));
    return order;
  };

  /** The index of the piece's field; its age is then in `piece[2]`. */
  const readPiece = (key: "data" | "with", raw: unknown): number => {
    piece[2] = undefined;
    if (typeof raw === "string") return indexOf("field", raw, names.fields);
    if (!isObject(raw)) {
      const list = key === "data" ? ", or a list of these" : "";
      fault(`\`${key}\` is a field, or an object with a \`field\` and its \`age\`${list}.`);
      return 0;
    }
    piece[1] = undefined;
    const { wrong } = readInto(pieceKeys, raw, piece);
    if (wrong !== undefined) fault(keyFault(wrong, `a piece of \`${key}\``, pieceKeys.slots.keys()));
    if (piece[2] !== undefined && piece[2] !== null) ownAges = true;
    return indexOf("field", piece[1], names.fields);
  };

  const readPieces = (data: unknown): void => {
    const { fields, ages } = reading;
    const list = Array.isArray(data) ? data : undefined;
    const length = list === undefined ? 1 : list.length;
    if (data === undefined || data === null) fault("`data` is missing.");
    else if (length === 0) fault("`data` is empty.");
    else {
      // What is wrong with one piece tells enough: a list may be of any length.
      for (let i = 0; i < length && faults === undefined; i++) {
        fields[i] = readPiece("data", list === undefined ? data : list[i]);
        ages[i] = piece[2];
      }
    }
    if (fields.length > length) fields.length = length;
  };

  const readReach = (recipient: unknown, channel: number): void => {
    reading.reach = reachOf[channel] as number;
    if (recipient === undefined || recipient === null) return;
    const found = indexOf("recipient", recipient, names.recipients.names);
    reading.reach = found;
    const reached = reaches[channel] as readonly number[];
    for (let one: number | undefined = found; one !== undefined; one = names.recipients.parents[one]?.[0])
      if (reached.includes(one)) return;
    fault(`The channel does not reach \`${recipient}\`.`);
  };

  const readPrecision = (precision: unknown): void => {
    reading.precision = null;
    if (precision === undefined || precision === null) return;
    if (typeof precision !== "string") {
      fault("`precision` is a level, in a string.");
      return;
    }
    reading.precision = precision;
    const { fields, joined } = reading;
    const has = (field: number) => scaleOf[field]?.includes(precision) === true;
    if (!fields.some(has) && !(joined >= 0 && has(joined)))
      fault(`None of the data has the precision \`${precision}\`.`);
  };

  const reading: Reading = {
    operation: 0,
    interaction: 0,
    purpose: 0,
    channel: 0,
    reach: 0,
    precision: null,
    fields: [],
    ages: [],
    joined: -1,
    joinedAge: undefined,
    sharedAge: undefined,
  };

  const read = (request: object): void => {
    let interaction: unknown;
    let operation: unknown;
    let data: unknown;
    let joined: unknown;
    let purpose: unknown;
    let channel: unknown;
    let recipient: unknown;
    let precision: unknown;
    let subject: unknown;
    let given: unknown;
    const source = own(request);
    for (const key in source) {
      const value = source[key];
      switch (key) {
        case "id":
          if (typeof value === "string" || Number.isFinite(value)) reader.id = value as string | number;
          break;
        case "interaction":
          interaction = value;
          break;
        case "operation":
          operation = value;
          break;
        case "data":
          data = value;
          break;
        case "with":
          joined = value;
          break;
        case "purpose":
          purpose = value;
          break;
        case "channel":
          channel = value;
          break;
        case "recipient":
          recipient = value;
          break;
        case "precision":
          precision = value;
          break;
        case "subject":
          subject = value;
          break;
        case "facts":
          given = value;
          break;
        case "consents":
          moment.consents = value;
          break;
        case "objections":
          moment.objections = value;
          break;
        default:
          fault(keyFault(key, "a request", requestKeys));
      }
    }
    reading.interaction = indexOf("interaction", interaction, names.interactions);
    reading.operation = indexOf("operation", operation, operations);
    reading.purpose = indexOf("purpose", purpose, names.purposes.names);
    reading.channel = indexOf("channel", channel, names.channels.names);
    if (faults !== undefined) return;
    ownAges = false;
    readPieces(data);
    reading.joined = -1;
    const combines = reading.operation === root.pair;
    if (joined !== undefined && joined !== null) {
      if (!combines) fault("`with` belongs to the operation `combine` alone.");
      reading.joined = readPiece("with", joined);
      reading.joinedAge = piece[2];
    } else if (combines) fault("`combine` needs `with`: the field that the data is joined with.");
    readReach(recipient, reading.channel);
    if (faults !== undefined) return;
    readPrecision(precision);
    subjectOrder = readValues("subject", subject, facts.subjectKeys);
    factOrder = readValues("facts", given, facts.factKeys);
    reading.sharedAge = facts.raw[ageSlot];
    if (ownAges && reading.sharedAge !== undefined && reading.sharedAge !== null)
      fault("The age is one for all, as the fact `data.age`, or each piece has its own; here are both.");
  };

  const reader: Reader = {
    reading,
    id: null,
    read: (request) => {
      faults = undefined;
      reader.id = null;
      if (!isObject(request)) return ["A request is a JSON object."];
      read(request);
      return faults;
    },
    forget: () => {
      forget(subjectOrder, facts.raw);
      forget(factOrder, facts.raw);
      subjectOrder = undefined;
      factOrder = undefined;
      facts.raw[ageSlot] = undefined;
      moment.consents = undefined;
      moment.objections = undefined;
    },
  };
  return reader;
}
