import type { Decision, Traced } from "../index.ts";
import type { Behind } from "./behind.ts";
import type { Call } from "./call.ts";
import { type Decide, decidingFor } from "./deciding.ts";
import { type Denial, denialOf } from "./denial.ts";
import { unhandled } from "./duties.ts";
import { entryOf } from "./entry.ts";
import { type Notes, type ObservedCall, observed } from "./observer.ts";
import { readPerson } from "./person.ts";
import type { AuditEntry, Receipt } from "./stores.ts";

/** One call on its way: who it is about has been read, nothing has been decided. */
export interface Proceeding {
  readonly behind: Behind;
  readonly call: Call;
  readonly notes: Notes;
  /** The attributes of the person. */
  readonly subject: Readonly<Record<string, unknown>>;
  readonly decide: Decide;
  /** Why nothing is done on a decision: it denies, or obliges to what nothing handles. Undefined where nothing is in the way. */
  deny(decision: Decision): Denial | undefined;
  /** Appends to the audit trail. @throws what the trail throws */
  append(fields: readonly string[], traced: Traced, outcome: AuditEntry["outcome"]): Promise<Receipt>;
  /** Does what must not throw: what goes wrong is noted. @returns undefined where it did */
  attempt<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/** Begins a call: under the observer's eyes, with what the stores say now. */
export function proceed<T>(
  behind: Behind,
  call: Call,
  kind: ObservedCall["call"],
  fields: readonly string[],
  work: (proceeding: Proceeding) => Promise<T>,
): Promise<T> {
  const { name: policy, hash: model } = behind.core.policy;
  const { interaction, operation } = call;
  const about = { call: kind, policy, model, interaction, operation, data: [...fields] };
  return observed(behind.observer, about, async (notes) => {
    const person = await readPerson(behind, call.subject, notes);
    let names: Promise<readonly [subject: string | null, act: string | null]> | undefined;
    const hashed = async (text: string | null) => (text === null ? null : await behind.pseudonym(text));
    return work({
      behind,
      call,
      notes,
      subject: person.subject,
      decide: decidingFor(behind, call, person),
      deny: (decision) =>
        decision.decision === "deny" ? denialOf(decision, person.isUnheard) : unhandled(behind, decision),
      append: async (some, traced, outcome) => {
        names ??= Promise.all([hashed(call.subject), hashed(call.key)]);
        const [subject, act] = await names;
        const entry = { ...entryOf(behind, call, some, traced, outcome), subject, act };
        notes.entries.push(entry);
        return behind.stores.audit.append(entry);
      },
      attempt: async (attempted) => {
        try {
          return await attempted();
        } catch (error) {
          notes.problems.push(error);
          return undefined;
        }
      },
    });
  });
}
