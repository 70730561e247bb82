/** A text that is known when all unions are. */
export type Later = () => string;

/**
 * Unions of names, written so that what many of them have in common stands once. Names that always come together are an
 * alias; a long union that comes more than once is another. So what is written grows with the names and the unions, and
 * hardly with their product.
 */
export class Unions {
  /** Declarations of types. */
  readonly aliases: string[] = [];
  private texts: readonly string[] = [];
  private readonly prefix: string;
  private readonly sets = new Map<
    string,
    { readonly names: readonly string[]; readonly index: number; uses: number }
  >();

  /** @param prefix Of the names of its aliases. */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /**
   * Takes up a union.
   *
   * @param isShared Whether its text will stand in several places.
   * @returns the text, which is known once `write` was called
   */
  later(given: Iterable<string>, isShared = false): Later {
    const names = [...new Set(given)].sort();
    const key = JSON.stringify(names);
    const known = this.sets.get(key) ?? { names, index: this.sets.size, uses: 0 };
    known.uses += isShared ? 2 : 1;
    this.sets.set(key, known);
    return () => this.texts[known.index] as string;
  }

  /** Works out the aliases, and how each union is written with them. */
  write(): void {
    const sets = [...this.sets.values()];
    const members = new Map<string, number[]>();
    for (const { names, index } of sets) {
      for (const name of names) {
        const list = members.get(name);
        if (list === undefined) members.set(name, [index]);
        else list.push(index);
      }
    }
    const together = new Map<string, string[]>();
    for (const [name, list] of members) {
      const key = list.join();
      const group = together.get(key);
      if (group === undefined) together.set(key, [name]);
      else group.push(name);
    }
    const alias = (text: string) => {
      const name = `${this.prefix}${this.aliases.length + 1}`;
      this.aliases.push(`type ${name} = ${text};`);
      return name;
    };
    const parts: string[][] = sets.map(() => []);
    for (const [key, names] of together) {
      const of = key.split(",").map(Number);
      const uses = of.reduce((sum, index) => sum + (sets[index]?.uses ?? 0), 0);
      const text = names.sort().map(quoted).join(" | ");
      const part = uses > 1 && isLong(text, of.length) ? alias(text) : text;
      for (const index of of) parts[index]?.push(part);
    }
    this.texts = sets.map(({ uses, index }) => {
      const text = parts[index]?.join(" | ") || "never";
      return uses > 1 && text.length > shortest ? alias(text) : text;
    });
  }
}

/** Up to so many characters, a union is written where it stands. */
const shortest = 40;
/** What stands in more unions than this has an alias in any case. */
const mostWritten = 12;

function isLong(text: string, unions: number): boolean {
  return text.length > shortest || (unions > mostWritten && text.length > shortest / 4);
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A property's name, in quotes where it needs them. */
export function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}
