/** What a person consented to. `channel` and `purpose` are the policy's names, or `any`. */
export interface Consent {
  readonly purpose: string;
  readonly channel: string;
  readonly explicit?: boolean;
}

/** What a person objects to. */
export type Objection = Omit<Consent, "explicit">;

/** What a person has said about the use of their data, as it is at one moment. */
export interface Permissions {
  readonly consents: readonly Consent[];
  readonly objections: readonly Objection[];
}

/** Where consents and objections are kept. Guards read it at the moment of each act and keep nothing of it. */
export interface PermissionStore {
  /** @throws when it cannot tell; a guard takes both lists for unknown then */
  read(subject: string): Promise<Permissions>;
}

/** A permission store that an application writes to. Doing a thing twice is as good as once. */
export interface PermissionRegister extends PermissionStore {
  give(subject: string, consent: Consent): Promise<void>;
  /** Takes back consents, explicit or not, to exactly this purpose on exactly this channel. */
  withdraw(subject: string, consent: Objection): Promise<void>;
  object(subject: string, objection: Objection): Promise<void>;
  /** Takes back an objection. */
  retract(subject: string, objection: Objection): Promise<void>;
  /** Erases all that is known of a person. */
  forget(subject: string): Promise<void>;
}

/** One of the limits that an act counts against. */
export interface Use {
  /** What it counts, such as `airline.know_me/offer_email.enough`, the subject, and the channel where it counts by channel. */
  readonly counter: string;
  /** How many fit into the window. */
  readonly count: number;
  /** The rolling window in seconds. */
  readonly per: number;
}

export interface ReserveRequest {
  /** The idempotency key of the act, unique in the store for as long as the longest of its windows. */
  readonly key: string;
  /** Who the act is about, for `forget`; null where it is about nobody. */
  readonly subject: string | null;
  readonly uses: readonly Use[];
  /** Milliseconds since 1970, by the application's clock. A store with a clock of its own frees a use when both say so. */
  readonly now: number;
}

export type Reserved =
  /** All of its uses are held: until `commit` or `release`. A hold that neither ends goes on counting as a use. */
  | { readonly status: "reserved"; readonly reservation: string }
  /** Nothing is held. `retryAfter`: seconds until all would fit if nothing else came in between. */
  | { readonly status: "exhausted"; readonly counter: string; readonly retryAfter: number }
  /** The key was used before. `held`: that act is under way, or ended without saying how; `committed`: it was done. */
  | { readonly status: "repeated"; readonly state: "held" | "committed" };

/**
 * Counters for limits. Never grants more than `count` uses in any window of `per` seconds, whoever else reserves at the
 * same time and whatever is delivered twice. An act without uses is reserved all the same, for its key.
 *
 * Every method throws when it cannot be sure; a guard denies then.
 */
export interface LimitStore {
  reserve(request: ReserveRequest): Promise<Reserved>;
  /** The act was done: its uses count from the moment at which they were reserved. Again is as good as once. */
  commit(reservation: string): Promise<void>;
  /** The act was not done: its uses are free, and so is its key. Again is as good as once; what is committed stays. */
  release(reservation: string): Promise<void>;
  /** How many uses count at a moment, held ones included. */
  spent(counter: string, per: number, now: number): Promise<number>;
  /**
   * Erases all that is known of a person: their acts, the keys of these, and what they count. Limits begin anew for whoever
   * comes back under that name, and an act that is delivered once more is not known any more. What is under way can no longer be
   * committed.
   */
  forget(subject: string): Promise<void>;
}

/** What an audit trail says of one act: names, never values. */
export interface AuditEntry {
  /** When, in UTC: `2026-11-22T04:00:00.000Z`. */
  readonly at: string;
  readonly policy: string;
  /** The hash of the model that decided. */
  readonly model: string;
  readonly interaction: string;
  readonly operation: string;
  /** Fields. */
  readonly data: readonly string[];
  readonly with: string | null;
  readonly purpose: string;
  readonly channel: string;
  readonly recipient: string | null;
  readonly precision: string | null;
  /** Who the data is about: a keyed hash, so that the trail alone names nobody. Null where the request named none. */
  readonly subject: string | null;
  /** The idempotency key of an act, hashed with the same key. */
  readonly act: string | null;
  readonly decision: "allow" | "deny";
  readonly rules: readonly string[];
  readonly basis: readonly string[];
  /** How the condition of each rule that selects the request came out; the lowest of several pieces of data. */
  readonly conditions: Readonly<Record<string, "true" | "false" | "unknown">>;
  readonly missing: readonly string[];
  readonly duties: readonly string[];
  /** Paths of the limits that it counts against. */
  readonly limits: readonly string[];
  /**
   * What became of it. `decided`: nothing was to be done; `withheld`: denied, or not to be counted; `begun`: about to be
   * done; `done`; `exhausted`: a limit was reached; `repeated`: its key was used before; `failed`: an action, a duty, a
   * loader or a store threw.
   */
  readonly outcome: "decided" | "withheld" | "begun" | "done" | "exhausted" | "repeated" | "failed";
  /** How many things were wrong with the request itself. */
  readonly errors: number;
}

/** Where an entry stands in its trail. */
export interface Receipt {
  /** Counts from 0 without gaps. */
  readonly index: number;
  /** `sha256:` and 64 hexadecimal digits, over the entry and the hash before it. */
  readonly hash: string;
}

/** An append-only account of decisions. */
export interface AuditTrail {
  /** Resolves when the entry would survive a crash. @throws when that is not sure; a guard does not act then */
  append(entry: AuditEntry): Promise<Receipt>;
}

/** What a guard that acts has behind it. */
export interface Stores {
  readonly permissions: PermissionStore;
  readonly limits: LimitStore;
  readonly audit: AuditTrail;
}
