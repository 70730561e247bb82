import { isObject, own } from "./keys.ts";
import { relation, type Tree } from "./names.ts";

/** A purpose that is not one but all. */
const any = -1;

/** The consents and objections of one request on one channel. */
export interface Permissions {
  /** Reads the list of consents; false where it is unknown. */
  readConsents(list: unknown, channel: number): boolean;
  readObjections(list: unknown, channel: number): boolean;
  consent(purpose: number): boolean;
  explicitConsent(purpose: number): boolean;
  objection(purpose: number): boolean;
}

export function permissionsOf(purposes: Tree, channels: Tree): Permissions {
  // A mark holds in the round that set it, so that nothing has to be cleared.
  let round = 0;
  let anyConsent = false;
  let anyObjection = false;
  const covered = new Float64Array(purposes.size);
  const uncovered = new Float64Array(purposes.size);
  const explicit = new Float64Array(purposes.size);
  const objected: number[] = [];

  let purpose = any;
  let explicitly = false;
  /** One element: 0 malformed, 1 for another channel, 2 for this one. */
  const readOne = (raw: unknown, channel: number, reach: number, explicitKey: boolean): number => {
    if (!isObject(raw)) return 0;
    let purposeName: unknown;
    let channelName: unknown;
    let flag: unknown;
    const source = own(raw);
    for (const key in source) {
      const value = source[key];
      if (key === "purpose") purposeName = value;
      else if (key === "channel") channelName = value;
      else if (key === "explicit" && explicitKey) flag = value;
      else return 0;
    }
    if (flag !== undefined && flag !== null && typeof flag !== "boolean") return 0;
    explicitly = flag === true;
    const found = purposeName === "any" ? any : purposes.names.get(purposeName);
    const where = channelName === "any" ? any : channels.names.get(channelName);
    if (found === undefined || where === undefined) return 0;
    purpose = found;
    return where === any || ((relation(channels, where)[channel] as number) & reach) > 0 ? 2 : 1;
  };

  const covers = (one: number): boolean => {
    if (covered[one] === round) return true;
    if (uncovered[one] === round) return false;
    const above = purposes.parents[one] as readonly number[];
    const result = above.length > 0 && above.every(covers);
    (result ? covered : uncovered)[one] = round;
    return result;
  };

  return {
    readConsents: (list, channel) => {
      round++;
      anyConsent = false;
      if (!Array.isArray(list)) return false;
      const { length } = list;
      for (let i = 0; i < length; i++) {
        const outcome = readOne(list[i], channel, 1, true);
        if (outcome === 0) return false;
        if (outcome === 1) continue;
        if (purpose === any) anyConsent = true;
        else {
          covered[purpose] = round;
          if (explicitly) explicit[purpose] = round;
        }
      }
      return true;
    },
    readObjections: (list, channel) => {
      anyObjection = false;
      objected.length = 0;
      if (!Array.isArray(list)) return false;
      const { length } = list;
      for (let i = 0; i < length; i++) {
        const outcome = readOne(list[i], channel, 2, false);
        if (outcome === 0) return false;
        if (outcome === 1) continue;
        if (purpose === any) anyObjection = true;
        else objected.push(purpose);
      }
      return true;
    },
    consent: (one) => anyConsent || covers(one),
    explicitConsent: (one) => explicit[one] === round,
    objection: (one) => {
      if (anyObjection) return true;
      for (let i = 0; i < objected.length; i++)
        if (((relation(purposes, one)[objected[i] as number] as number) & 2) > 0) return true;
      return false;
    },
  };
}
