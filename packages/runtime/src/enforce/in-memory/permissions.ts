import type { Consent, Objection, PermissionRegister, Permissions } from "../stores.ts";

const isSame = (one: Objection, other: Objection) => one.purpose === other.purpose && one.channel === other.channel;

/** Permissions in the memory of one process. */
export class InMemoryPermissions implements PermissionRegister {
  private readonly kept = new Map<string, { consents: readonly Consent[]; objections: readonly Objection[] }>();

  async read(subject: string): Promise<Permissions> {
    return this.of(subject);
  }
  async give(subject: string, consent: Consent): Promise<void> {
    const { consents, objections } = this.of(subject);
    const others = consents.filter((one) => !(isSame(one, consent) && one.explicit === consent.explicit));
    this.kept.set(subject, { consents: [...others, { ...consent }], objections });
  }
  async withdraw(subject: string, consent: Objection): Promise<void> {
    const { consents, objections } = this.of(subject);
    this.kept.set(subject, { consents: consents.filter((one) => !isSame(one, consent)), objections });
  }
  async object(subject: string, objection: Objection): Promise<void> {
    const { consents, objections } = this.of(subject);
    const others = objections.filter((one) => !isSame(one, objection));
    this.kept.set(subject, { consents, objections: [...others, { ...objection }] });
  }
  async retract(subject: string, objection: Objection): Promise<void> {
    const { consents, objections } = this.of(subject);
    this.kept.set(subject, { consents, objections: objections.filter((one) => !isSame(one, objection)) });
  }
  async forget(subject: string): Promise<void> {
    this.kept.delete(subject);
  }

  private of(subject: string) {
    return this.kept.get(subject) ?? { consents: [], objections: [] };
  }
}
