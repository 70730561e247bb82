import type { Consent, Objection, PermissionRegister, Permissions } from "@scruple/runtime/enforce";
import { checkText } from "./check-text.ts";
import { StoreError } from "./store-error.ts";

/** One thing that a person has said, as databases keep it. */
export interface PermissionRow {
  readonly kind: "consent" | "objection";
  readonly purpose: string;
  readonly channel: string;
  /** Databases have truth values, or 0 and 1. */
  readonly explicit: boolean | number;
}

/** Where permissions are kept: one row for a person, a kind, a purpose and a channel. */
export interface PermissionTable {
  /** All of a person's rows, as of one moment. */
  rows(subject: string): Promise<readonly PermissionRow[]>;
  /** A row that is there already stays explicit if it was. */
  add(subject: string, row: PermissionRow): Promise<void>;
  remove(subject: string, row: Omit<PermissionRow, "explicit">): Promise<void>;
  clear(subject: string): Promise<void>;
}

/** The permission register over a table. */
export class Register implements PermissionRegister {
  readonly #table: PermissionTable;

  constructor(table: PermissionTable) {
    this.#table = table;
  }

  async read(subject: string): Promise<Permissions> {
    const consents: Consent[] = [];
    const objections: Objection[] = [];
    for (const { kind, purpose, channel, explicit } of await this.#table.rows(checkText("subject", subject))) {
      // No store writes others; what they would grant or stop is not guessed at.
      if (typeof purpose !== "string" || typeof channel !== "string")
        throw new StoreError("The store holds a permission whose purpose or channel is no text.");
      // A driver that does not know truth values has texts for them, all of which are true to JavaScript.
      const isExplicit = explicit === true || explicit === 1;
      if (kind === "consent") consents.push(isExplicit ? { purpose, channel, explicit: true } : { purpose, channel });
      else if (kind === "objection") objections.push({ purpose, channel });
      else throw new StoreError(`The store holds a permission of the kind \`${kind}\`, which is none.`);
    }
    return { consents, objections };
  }

  async give(subject: string, consent: Consent): Promise<void> {
    await this.#table.add(checkText("subject", subject), {
      ...place("consent", consent),
      explicit: consent.explicit === true,
    });
  }

  async withdraw(subject: string, consent: Objection): Promise<void> {
    await this.#table.remove(checkText("subject", subject), place("consent", consent));
  }

  async object(subject: string, objection: Objection): Promise<void> {
    await this.#table.add(checkText("subject", subject), { ...place("objection", objection), explicit: false });
  }

  async retract(subject: string, objection: Objection): Promise<void> {
    await this.#table.remove(checkText("subject", subject), place("objection", objection));
  }

  async forget(subject: string): Promise<void> {
    await this.#table.clear(checkText("subject", subject));
  }
}

function place(kind: PermissionRow["kind"], { purpose, channel }: Objection): Omit<PermissionRow, "explicit"> {
  return { kind, purpose: checkText("purpose", purpose), channel: checkText("channel", channel) };
}
