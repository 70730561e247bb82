/** What is wrong with a request, in a sentence. */
export class Fault {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Of a name that nobody declares. */
export function nameFault(key: string, name: unknown): Fault {
  if (name === undefined || name === null) return new Fault(`\`${key}\` is missing.`);
  return new Fault(typeof name === "string" ? `There is no ${key} \`${name}\`.` : `\`${key}\` is a name, in a string.`);
}

/** Of a key that nobody declares. */
export function keyFault(key: string, what: string): Fault {
  return new Fault(`\`${key}\` is no key of ${what}.`);
}
