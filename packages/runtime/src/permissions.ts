import { type Asked, type Kleene, slot } from "./code.ts";
import type { Tree } from "./names.ts";
import { isObject, keysOf } from "./objects.ts";
import { blankRequest, type Request } from "./request.ts";

/** From so many on, a purpose is noted once, so that lists without end take little memory. */
const mostNoted = 64;

/** The consents and objections of one request at a time. A list is read when it is first asked for. */
export function permissionsOf(purposes: Tree, channels: Tree, facts: Float64Array) {
  /** In the place of an answer: its list has not been read. */
  const unread = -1;
  /** In the place of a purpose: all of them. */
  const any = purposes.parents.length;
  const nobody = blankRequest();
  let asked = nobody;
  /** Whether there is a consent, or an objection, to the request's own purpose. */
  let ownConsent: Kleene = unread;
  let ownObjection: Kleene = unread;
  /** The purposes that the lists name on the channel, and how many those are. */
  const consents: number[] = [];
  let consentCount = 0;
  const explicits: number[] = [];
  let explicitCount = 0;
  const objections: number[] = [];
  let objectionCount = 0;
  /** Of the list that was read last. */
  let count = 0;

  const note = (list: number[], length: number, purpose: number): number => {
    if (length >= mostNoted && list.lastIndexOf(purpose, length - 1) >= 0) return length;
    list[length] = purpose;
    return length + 1;
  };

  /**
   * Whether a list has one that bears on the request's own purpose and channel. Unknown where something in it is none.
   *
   * @param bears Bits of the relations that its purpose and its channel have to those of the request, of which each needs one.
   */
  const read = (list: unknown, bears: number, to: number[]): Kleene => {
    if (!Array.isArray(list)) return 2;
    const { length } = list;
    let answer = 0;
    count = 0;
    for (let i = 0; i < length; i++) {
      const one: unknown = list[i];
      if (!isObject(one)) return 2;
      let purpose: unknown;
      let channel: unknown;
      let explicit: unknown;
      const source = keysOf(one);
      for (const key in source) {
        const value = source[key];
        if (key === "purpose") purpose = value;
        else if (key === "channel") channel = value;
        else if (key === "explicit" && bears === 1) explicit = value;
        else return 2;
      }
      if (explicit !== true && explicit !== false && explicit !== undefined && explicit !== null) return 2;
      // Most name what the request names.
      const isOwn = purpose === asked.purpose;
      const named = isOwn ? asked.purposeNumber : purpose === "any" ? any : purposes.names.find(purpose);
      if (named < 0) return 2;
      if (channel !== "any" && channel !== asked.channel) {
        const on = channels.names.find(channel);
        if (on < 0) return 2;
        if (((channels.relation(asked.channelNumber)[on] as number) & bears) === 0) continue;
      }
      count = note(to, count, named);
      if (explicit === true && named !== any) explicitCount = note(explicits, explicitCount, named);
      if (isOwn || named === any) answer = 3;
    }
    return answer === 3 || count === 0 ? answer : bearsOn(asked.purposeNumber, bears, to, count);
  };

  /** Whether what is noted bears on a purpose. */
  const bearsOn = (purpose: number, bears: number, noted: readonly number[], length: number): Kleene => {
    const row = purposes.relation(purpose);
    for (let i = 0; i < length; i++) {
      const one = noted[i] as number;
      if (one === any || (row[one] as number) & bears) return 3;
    }
    return bears === 1 && purposes.coverTogether(noted, length, purpose) ? 3 : 0;
  };
  const consent: Asked = (purpose) => {
    if (ownConsent === unread) {
      explicitCount = 0;
      ownConsent = read(asked.consents, 1, consents);
      consentCount = count;
    }
    if (purpose === undefined || ownConsent === 2) return ownConsent;
    return bearsOn(purpose, 1, consents, consentCount);
  };
  const explicit: Asked = (purpose = asked.purposeNumber) => {
    if (consent() === 2) return 2;
    for (let i = 0; i < explicitCount; i++) if (explicits[i] === purpose) return 3;
    return 0;
  };
  const objection: Asked = (purpose) => {
    if (ownObjection === unread) {
      ownObjection = read(asked.objections, 2, objections);
      objectionCount = count;
    }
    if (purpose === undefined || ownObjection === 2) return ownObjection;
    return bearsOn(purpose, 2, objections, objectionCount);
  };
  return {
    consent,
    explicit,
    objection,
    /** Reads those of the lists that stand among the slots of facts, to know which are unknown. */
    readFor: (slots: readonly number[]) => {
      if (slots.includes(slot.consents)) facts[slot.consents] = consent() === 2 ? Number.NaN : 1;
      if (slots.includes(slot.objections)) facts[slot.objections] = objection() === 2 ? Number.NaN : 1;
    },
    /** For another request, of which nothing is read yet; its purpose and channel have their numbers. */
    begin: (request: Request) => {
      asked = request;
      ownConsent = ownObjection = unread;
    },
    /** Lets go of what a request held. */
    forget: () => {
      asked = nobody;
    },
  };
}
