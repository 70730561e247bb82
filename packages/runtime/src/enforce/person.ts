import type { Behind } from "./behind.ts";
import type { Notes } from "./observer.ts";
import type { Permissions } from "./stores.ts";

/** What is known of a person at the moment of a call. Nothing of it is kept. */
export interface Person {
  readonly id: string | null;
  /** Attributes, with the id. */
  readonly subject: Readonly<Record<string, unknown>>;
  /** Null where the store cannot tell, or nobody is asked about: both lists are unknown then. */
  readonly permissions: Permissions | null;
  /** Whether what tells of a fact was asked and has not answered. */
  isUnheard(fact: string): boolean;
}

/** How facts are named that the permission store tells of. */
const ofPermissions = ["consents", "objections"];
/** How those begin that the application tells of. */
const ofSubject = "subject.";

/** Asks the application and the stores. What does not answer leaves unknown what it was to say. */
export async function readPerson(behind: Behind, id: string | null, { problems }: Notes): Promise<Person> {
  if (id === null) return { id, subject: {}, permissions: null, isUnheard: () => false };
  const asked = async <T>(ask: () => T): Promise<Awaited<T> | undefined> => {
    try {
      return await ask();
    } catch (error) {
      problems.push(error);
      return undefined;
    }
  };
  const [known, permissions] = await Promise.all([
    asked(async () => (await behind.subjectOf(id)) ?? null),
    asked(async () => {
      const { consents, objections } = await behind.stores.permissions.read(id);
      return { consents, objections };
    }),
  ]);
  const attributes = known === undefined ? undefined : pick(known, behind.surface.attributes, problems);
  return {
    id,
    subject: { ...attributes, id },
    permissions: permissions ?? null,
    isUnheard: (fact) =>
      (permissions === undefined && ofPermissions.includes(fact)) ||
      (attributes === undefined && fact.startsWith(ofSubject)),
  };
}

/** The attributes that conditions ask for, and nothing else of what the application knows. */
function pick(known: unknown, names: readonly string[], problems: unknown[]): Record<string, unknown> | undefined {
  const picked: Record<string, unknown> = Object.create(null);
  if (typeof known !== "object" || known === null) return picked;
  try {
    for (const name of names) {
      // What every object has says nothing of this person.
      if (Object.hasOwn(known, name) || !(name in Object.prototype))
        picked[name] = (known as Record<string, unknown>)[name];
    }
    return picked;
  } catch (error) {
    problems.push(error);
    return undefined;
  }
}
