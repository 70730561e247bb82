import { type Asked, slot } from "./code.ts";
import type { Tree } from "./names.ts";
import { isObject, keysOf } from "./objects.ts";
import type { Request } from "./request.ts";

/** A purpose that is not one but all. */
const any = -2;
const malformed = -1;
const elsewhere = -3;
const unread = -4;
/** Where purposes are noted is used again for the next request, unless there were more than this. */
const mostKept = 64;

/** The lists as they came. */
export type Lists = Pick<Request, "consents" | "objections">;
/** The purpose and the channel of a request as it calls them. */
export type OwnNames = Pick<Request, "purpose" | "channel">;

const nothing: Lists & OwnNames = {
  consents: undefined,
  objections: undefined,
  purpose: undefined,
  channel: undefined,
};

/** The consents and objections of one request at a time. A list is read when it is first asked for. */
export function permissionsOf(purposes: Tree, channels: Tree, facts: Float64Array) {
  let lists: Lists = nothing;
  let names: OwnNames = nothing;
  let ownPurpose = 0;
  let ownChannel = 0;
  /** The purposes that a list names, and how many it does; `unread` before, `malformed` where the list is unknown. */
  const consents: number[] = [];
  let consentCount = unread;
  const explicits: number[] = [];
  let explicitCount = 0;
  const objections: number[] = [];
  let objectionCount = unread;
  let isExplicit = false;

  /**
   * The purpose of a consent or objection that bears on the channel; or `any`, `malformed`, `elsewhere`.
   *
   * @param bears Bits of the relation that its channel has to that of the request, of which it needs one.
   */
  const readOne = (raw: unknown, bears: number): number => {
    if (!isObject(raw)) return malformed;
    let purpose: unknown;
    let channel: unknown;
    let flag: unknown;
    const source = keysOf(raw);
    for (const key in source) {
      const value = source[key];
      if (key === "purpose") purpose = value;
      else if (key === "channel") channel = value;
      else if (key === "explicit" && bears === 1) flag = value;
      else return malformed;
    }
    if (flag !== true && flag !== false && flag !== undefined && flag !== null) return malformed;
    isExplicit = flag === true;
    // Most name what the request names.
    const named = purpose === names.purpose ? ownPurpose : purpose === "any" ? any : purposes.find(purpose);
    if (named === malformed || channel === "any" || channel === names.channel) return named;
    const on = channels.find(channel);
    if (on < 0) return malformed;
    return (channels.relation(ownChannel)[on] as number) & bears ? named : elsewhere;
  };

  const read = (list: unknown, bears: number, to: number[]): number => {
    if (!Array.isArray(list)) return malformed;
    const { length } = list;
    let count = 0;
    for (let i = 0; i < length; i++) {
      const purpose = readOne(list[i], bears);
      if (purpose === malformed) return malformed;
      if (purpose === elsewhere) continue;
      to[count++] = purpose;
      if (purpose !== any && isExplicit) explicits[explicitCount++] = purpose;
    }
    return count;
  };

  const readConsents = (): void => {
    if (consentCount !== unread) return;
    explicitCount = 0;
    consentCount = read(lists.consents, 1, consents);
    facts[slot.consents] = consentCount === malformed ? Number.NaN : 1;
  };
  const readObjections = (): void => {
    if (objectionCount !== unread) return;
    objectionCount = read(lists.objections, 2, objections);
    facts[slot.objections] = objectionCount === malformed ? Number.NaN : 1;
  };
  const consent: Asked = (purpose = ownPurpose) => {
    readConsents();
    if (consentCount === malformed) return 2;
    for (let i = 0; i < consentCount; i++) if (consents[i] === any) return 3;
    return purposes.covers(consents, consentCount, purpose) ? 3 : 0;
  };
  const explicit: Asked = (purpose = ownPurpose) => {
    readConsents();
    if (consentCount === malformed) return 2;
    for (let i = 0; i < explicitCount; i++) if (explicits[i] === purpose) return 3;
    return 0;
  };
  const objection: Asked = (purpose = ownPurpose) => {
    readObjections();
    if (objectionCount === malformed) return 2;
    if (objectionCount === 0) return 0;
    const row = purposes.relation(purpose);
    for (let i = 0; i < objectionCount; i++) {
      const other = objections[i] as number;
      if (other === any || row[other] !== 0) return 3;
    }
    return 0;
  };
  return {
    consent,
    explicit,
    objection,
    /** Reads both lists, to know which are unknown. */
    readAll: () => {
      readConsents();
      readObjections();
    },
    /** For another request, of which nothing is read yet. @param purpose And the channel: by number. */
    begin: (given: Lists, called: OwnNames, purpose: number, channel: number) => {
      lists = given;
      names = called;
      ownPurpose = purpose;
      ownChannel = channel;
      consentCount = objectionCount = unread;
    },
    /** Lets go of what a request held. */
    forget: () => {
      lists = names = nothing;
      if (consents.length > mostKept) consents.length = explicits.length = 0;
      if (objections.length > mostKept) objections.length = 0;
    },
  };
}
