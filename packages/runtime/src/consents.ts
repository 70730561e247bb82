import { isObject, own } from "./keys.ts";
import { relation, type Tree } from "./names.ts";

/** A purpose that is not one but all. */
const any = -1;

const malformed = -2;
const elsewhere = -3;

const unread = 0;
const unknown = 1;
const known = 2;

/** What came. The lists are read when the first condition asks. */
export interface Given {
  readonly consents: unknown;
  readonly objections: unknown;
  /** The request's purpose and channel, and as it calls them. */
  readonly purpose: number;
  readonly purposeName: unknown;
  readonly channel: number;
  readonly channelName: unknown;
}
const nothing: Given = {
  consents: undefined,
  objections: undefined,
  purpose: 0,
  purposeName: undefined,
  channel: 0,
  channelName: undefined,
};

/** The consents and objections of one request on one channel. */
export class Permissions {
  private readonly purposes: Tree;
  private readonly channels: Tree;
  private given: Given = nothing;
  private consentState = unread;
  private objectionState = unread;
  // A mark holds in the round that set it, so that nothing has to be cleared.
  private round = 0;
  private anyConsent = false;
  private readonly covered: Float64Array;
  private readonly uncovered: Float64Array;
  private readonly explicit: Float64Array;
  private anyObjection = false;
  private readonly objected: number[] = [];
  private objectedCount = 0;
  /** Of the element that was read last. */
  private explicitly = false;

  constructor(purposes: Tree, channels: Tree) {
    this.purposes = purposes;
    this.channels = channels;
    this.covered = new Float64Array(purposes.size);
    this.uncovered = new Float64Array(purposes.size);
    this.explicit = new Float64Array(purposes.size);
  }

  take(given: Given): void {
    this.given = given;
    this.consentState = unread;
    this.objectionState = unread;
  }

  /** Lets go of what came. */
  forget(): void {
    this.given = nothing;
  }

  /** Whether the list is known. */
  hasConsents(): boolean {
    if (this.consentState === unread) this.consentState = this.readConsents(this.given.consents) ? known : unknown;
    return this.consentState === known;
  }

  hasObjections(): boolean {
    if (this.objectionState === unread)
      this.objectionState = this.readObjections(this.given.objections) ? known : unknown;
    return this.objectionState === known;
  }

  consent(purpose: number): boolean {
    return this.anyConsent || this.covers(purpose);
  }

  explicitConsent(purpose: number): boolean {
    return this.explicit[purpose] === this.round;
  }

  objection(purpose: number): boolean {
    if (this.anyObjection) return true;
    if (this.objectedCount === 0) return false;
    const related = relation(this.purposes, purpose);
    for (let i = 0; i < this.objectedCount; i++) if (related[this.objected[i] as number] !== 0) return true;
    return false;
  }

  private readConsents(list: unknown): boolean {
    this.round++;
    this.anyConsent = false;
    if (!Array.isArray(list)) return false;
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const purpose = this.readOne(list[i], 1, true);
      if (purpose === malformed) return false;
      if (purpose === any) this.anyConsent = true;
      else if (purpose >= 0) {
        this.covered[purpose] = this.round;
        if (this.explicitly) this.explicit[purpose] = this.round;
      }
    }
    return true;
  }

  private readObjections(list: unknown): boolean {
    this.anyObjection = false;
    this.objectedCount = 0;
    if (!Array.isArray(list)) return false;
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const purpose = this.readOne(list[i], 2, false);
      if (purpose === malformed) return false;
      if (purpose === any) this.anyObjection = true;
      else if (purpose >= 0) this.objected[this.objectedCount++] = purpose;
    }
    return true;
  }

  /**
   * The purpose of a consent or objection that bears on the channel; or `any`, `malformed`, `elsewhere`.
   *
   * @param bears Bits of `relation`, of which its channel needs one to the request's.
   */
  private readOne(raw: unknown, bears: number, mayBeExplicit: boolean): number {
    if (!isObject(raw)) return malformed;
    const { given } = this;
    let purposeName: unknown;
    let channelName: unknown;
    let flag: unknown;
    const source = own(raw);
    for (const key in source) {
      const value = source[key];
      if (key === "purpose") purposeName = value;
      else if (key === "channel") channelName = value;
      else if (key === "explicit" && mayBeExplicit) flag = value;
      else return malformed;
    }
    if (flag !== undefined && flag !== null && typeof flag !== "boolean") return malformed;
    this.explicitly = flag === true;
    // Most name what the request names.
    const purpose =
      purposeName === given.purposeName
        ? given.purpose
        : purposeName === "any"
          ? any
          : this.purposes.names.get(purposeName);
    if (purpose === undefined) return malformed;
    if (channelName === "any" || channelName === given.channelName) return purpose;
    const channel = this.channels.names.get(channelName);
    if (channel === undefined) return malformed;
    return ((relation(this.channels, given.channel)[channel] as number) & bears) > 0 ? purpose : elsewhere;
  }

  private covers(purpose: number): boolean {
    if (this.covered[purpose] === this.round) return true;
    if (this.uncovered[purpose] === this.round) return false;
    const above = this.purposes.parents[purpose] as readonly number[];
    const result = above.length > 0 && above.every((parent) => this.covers(parent));
    (result ? this.covered : this.uncovered)[purpose] = this.round;
    return result;
  }
}
