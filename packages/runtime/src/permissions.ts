import { type Asked, slot } from "./code.ts";
import type { Tree } from "./names.ts";
import { isObject, keysOf } from "./objects.ts";

/** A purpose that is not one but all. */
const any = -2;
const malformed = -1;
const elsewhere = -3;

/** What came: the lists, and the request's purpose and channel, by number and as it calls them. */
export interface Given {
  consents: unknown;
  objections: unknown;
  purpose: number;
  purposeName: unknown;
  channel: number;
  channelName: unknown;
}

/** The consents and objections of one request at a time. A list is read when it is first asked for. */
export function permissionsOf(given: Given, purposes: Tree, channels: Tree, facts: Float64Array) {
  /** By purpose; undefined where the list is unknown. */
  let consents: number[] | undefined;
  let explicits: number[] = [];
  let objections: number[] | undefined;
  let hasConsents = false;
  let hasObjections = false;
  /** What was answered for the request's own purpose; -1 before. */
  let ownConsent = -1;
  let ownObjection = -1;
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
    const named = purpose === given.purposeName ? given.purpose : purpose === "any" ? any : purposes.find(purpose);
    if (named === malformed || channel === "any" || channel === given.channelName) return named;
    const on = channels.find(channel);
    if (on < 0) return malformed;
    return (channels.relation(given.channel)[on] as number) & bears ? named : elsewhere;
  };

  const read = (list: unknown, bears: number): number[] | undefined => {
    if (!Array.isArray(list)) return undefined;
    const named: number[] = [];
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const purpose = readOne(list[i], bears);
      if (purpose === malformed) return undefined;
      if (purpose !== elsewhere) named.push(purpose);
      if (purpose >= 0 && isExplicit) explicits.push(purpose);
    }
    return named;
  };

  const readConsents = (): readonly number[] | undefined => {
    if (!hasConsents) {
      hasConsents = true;
      explicits = [];
      consents = read(given.consents, 1);
      facts[slot.consents] = consents === undefined ? Number.NaN : 1;
    }
    return consents;
  };
  const truth = (holds: boolean) => (holds ? 3 : 0);
  const consentFor = (purpose: number) => {
    const list = readConsents();
    return list === undefined ? 2 : truth(list.includes(any) || purposes.covers(list, purpose));
  };
  const readObjections = (): readonly number[] | undefined => {
    if (!hasObjections) {
      hasObjections = true;
      objections = read(given.objections, 2);
      facts[slot.objections] = objections === undefined ? Number.NaN : 1;
    }
    return objections;
  };
  const objectionTo = (purpose: number) => {
    const list = readObjections();
    if (list === undefined) return 2;
    const row = purposes.relation(purpose);
    for (const other of list) if (other === any || row[other] !== 0) return 3;
    return 0;
  };
  const consent: Asked = (purpose) => {
    if (purpose !== undefined) return consentFor(purpose);
    if (ownConsent < 0) ownConsent = consentFor(given.purpose);
    return ownConsent;
  };
  const explicit: Asked = (purpose = given.purpose) =>
    readConsents() === undefined ? 2 : truth(explicits.includes(purpose));
  const objection: Asked = (purpose) => {
    if (purpose !== undefined) return objectionTo(purpose);
    if (ownObjection < 0) ownObjection = objectionTo(given.purpose);
    return ownObjection;
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
    /** For another request, of which nothing is read yet. */
    forget: () => {
      hasConsents = hasObjections = false;
      ownConsent = ownObjection = -1;
    },
  };
}
