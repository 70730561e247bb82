import { root } from "./diagram.ts";
import type { Engine } from "./engine.ts";
import { keyFault, nameFault } from "./faults.ts";
import { isObject, own } from "./keys.ts";
import type { NameTable } from "./names.ts";
import { readDuration } from "./values.ts";

/** An age that is that of the fact `data.age`. */
const shared = -1;

/** The parts of a request that name its act, as they came. */
export interface RawAct {
  interaction: unknown;
  operation: unknown;
  data: unknown;
  with: unknown;
  purpose: unknown;
  channel: unknown;
  recipient: unknown;
  precision: unknown;
}

const operations = ["collect", "infer", "combine", "use", "disclose"];

/** One act at a time, with its names looked up. */
export class Act {
  /** A root of diagrams; `root.pair` for `combine`. */
  operation = 0;
  interaction = 0;
  purpose = 0;
  channel = 0;
  /** A recipient, or the list of all that the channel reaches. */
  reach = 0;
  precision: string | null = null;
  /** How many pieces of data there are. */
  count = 0;
  /** Their fields, and their ages in seconds: NaN where unknown, -1 where `data.age` counts. */
  readonly fields: number[] = [];
  readonly ages: number[] = [];
  /** What they are joined with; -1 for nothing. */
  joined = -1;
  joinedAge = shared;
  /** Some piece has an age of its own. */
  hasAges = false;

  private readonly engine: Pick<Engine, "names" | "reaches" | "reachOf" | "scaleOf">;
  private readonly fault: (message: string) => void;

  /** @param fault Takes what is wrong. */
  constructor(engine: Pick<Engine, "names" | "reaches" | "reachOf" | "scaleOf">, fault: (message: string) => void) {
    this.engine = engine;
    this.fault = fault;
  }

  /** After a fault, what the act holds is of no use. */
  read(raw: RawAct): void {
    const { names } = this.engine;
    this.hasAges = false;
    this.interaction = this.indexOf("interaction", raw.interaction, names.interactions);
    this.operation = this.readOperation(raw.operation);
    this.purpose = this.indexOf("purpose", raw.purpose, names.purposes.names);
    this.channel = this.indexOf("channel", raw.channel, names.channels.names);
    this.readPieces(raw.data);
    this.joined = -1;
    if (raw.with !== undefined && raw.with !== null) this.readJoined(raw.with);
    else if (this.operation === root.pair)
      this.fault("`combine` needs `with`: the field that the data is joined with.");
    this.reach = this.engine.reachOf[this.channel] ?? 0;
    if (raw.recipient !== undefined && raw.recipient !== null) this.readRecipient(raw.recipient);
    this.precision = null;
    if (raw.precision !== undefined && raw.precision !== null) this.readPrecision(raw.precision);
  }

  /** The index of a name; 0, with a fault, where there is none. */
  private indexOf(key: string, name: unknown, table: NameTable): number {
    const index = table.get(name);
    if (index !== undefined) return index;
    this.fault(nameFault(key, name, table.keys()));
    return 0;
  }

  /** The few there are are compared faster than looked up. */
  private readOperation(raw: unknown): number {
    switch (raw) {
      case "use":
        return root.use;
      case "disclose":
        return root.disclose;
      case "collect":
        return root.collect;
      case "infer":
        return root.infer;
      case "combine":
        return root.pair;
      default:
        this.fault(nameFault("operation", raw, operations));
        return 0;
    }
  }

  private readPieces(data: unknown): void {
    this.count = 0;
    if (data === undefined || data === null) this.fault("`data` is missing.");
    else if (!Array.isArray(data)) this.readPiece("data", data);
    else {
      const { length } = data;
      if (length === 0) this.fault("`data` is empty.");
      // One piece with a fault tells enough: a list may be of any length.
      for (let i = 0; i < length && this.count === i; i++) this.readPiece("data", data[i]);
    }
  }

  private readJoined(raw: unknown): void {
    if (this.operation !== root.pair) this.fault("`with` belongs to the operation `combine` alone.");
    const before = this.count;
    this.readPiece("with", raw);
    if (this.count === before) return;
    this.count = before;
    this.joined = this.fields[before] as number;
    this.joinedAge = this.ages[before] as number;
  }

  /** Appends to `fields` and `ages`, unless there is a fault. */
  private readPiece(key: "data" | "with", raw: unknown): void {
    const { fields } = this.engine.names;
    let name = raw;
    let age: unknown;
    if (typeof raw !== "string") {
      if (!isObject(raw)) {
        const list = key === "data" ? ", or a list of these" : "";
        this.fault(`\`${key}\` is a field, or an object with a \`field\` and its \`age\`${list}.`);
        return;
      }
      name = undefined;
      const source = own(raw);
      for (const part in source) {
        if (part === "field") name = source[part];
        else if (part === "age") age = source[part];
        else this.fault(keyFault(part, `a piece of \`${key}\``, ["field", "age"]));
      }
    }
    const field = fields.get(name);
    if (field === undefined) {
      this.fault(nameFault("field", name, fields.keys()));
      return;
    }
    const given = age !== undefined && age !== null;
    this.fields[this.count] = field;
    this.ages[this.count] = given ? readDuration(age) : shared;
    this.count++;
    if (given) this.hasAges = true;
  }

  private readRecipient(raw: unknown): void {
    const { names, reaches } = this.engine;
    this.reach = this.indexOf("recipient", raw, names.recipients.names);
    const reached = reaches[this.channel] ?? [];
    for (let one: number | undefined = this.reach; one !== undefined; one = names.recipients.parents[one]?.[0])
      if (reached.includes(one)) return;
    this.fault(`The channel does not reach \`${raw}\`.`);
  }

  private readPrecision(raw: unknown): void {
    if (typeof raw !== "string") {
      this.fault("`precision` is a level, in a string.");
      return;
    }
    this.precision = raw;
    const has = (field: number) => this.engine.scaleOf[field]?.includes(raw) === true;
    if (!this.fields.slice(0, this.count).some(has) && !(this.joined >= 0 && has(this.joined)))
      this.fault(`None of the data has the precision \`${raw}\`.`);
  }
}
