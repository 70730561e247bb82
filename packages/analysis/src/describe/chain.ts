import { classCount } from "../theory/domain.ts";
import type { ChainVariable } from "../theory/variable.ts";
import { describeFact } from "./fact.ts";
import { relationText } from "./pair.ts";
import { namePath } from "./values.ts";

/** Combinations as rows: the relations of the links, then the classes of the facts. */
type Row = readonly (string | number | null)[];
/** For each column the values that it may have. */
type Product = readonly ReadonlySet<string | number | null>[];

/** What some combinations say of facts that are compared: alternatives, each a list of parts that hold together. */
export function describeChain(variable: ChainVariable, mask: Uint8Array): readonly (readonly string[])[] {
  const all = variable.combinations.map(({ relations, classes }): Row => [...relations, ...classes]);
  const chosen = all.filter((_, index) => mask[index] === 1);
  const others = all.filter((_, index) => mask[index] === 0);
  return new Products(variable.links, others)
    .of(chosen, others, 0)
    .map((product) => describeProduct(variable, product));
}

/** Parts rows into products that hold none of the others, and can be said. */
class Products {
  private readonly links: ChainVariable["links"];
  private readonly others: readonly Row[];

  constructor(links: ChainVariable["links"], others: readonly Row[]) {
    this.links = links;
    this.others = others;
  }

  /** Column by column, values of the same shape together. @param others Those that may be among the rows' values */
  of(rows: readonly Row[], others: readonly Row[], column: number): readonly Product[] {
    const whole = rows[0]!.map((_, index) => new Set(rows.map((row) => row[index] ?? null)));
    const inside = others.filter((row) => row.every((value, index) => whole[index]!.has(value)));
    if (inside.length === 0) {
      const unsaid = this.unsaidIn(whole);
      return unsaid === null ? [whole] : this.knownOrNot(rows, unsaid).flatMap((own) => this.of(own, inside, 0));
    }
    const shapes = new Map<string, Row[]>();
    for (const value of whole[column]!) {
      const own = rows.filter((row) => row[column] === value);
      const shape = own.map((row) => row.toSpliced(column, 1).join()).join(";");
      shapes.set(shape, [...(shapes.get(shape) ?? []), ...own]);
    }
    return [...shapes.values()].flatMap((own) => this.of(own, inside, column + 1));
  }

  /**
   * A relation says that both are known. So where they may be or not, none is said: a link for which that would say too little, or null.
   */
  private unsaidIn(whole: Product): number | null {
    const isOpen = (link: number) =>
      whole[link]!.has(null) &&
      this.columnsOf(link).every((column) => whole[column]!.size > 1 || !whole[column]!.has(null));
    const open = new Set([...this.links.keys()].filter(isOpen));
    const isOut = (row: Row) => row.some((value, index) => !open.has(index) && !whole[index]!.has(value));
    return open.size === 0 || this.others.every(isOut) ? null : [...open][0]!;
  }

  private knownOrNot(rows: readonly Row[], link: number): readonly (readonly Row[])[] {
    const [i, j] = this.columnsOf(link);
    const parts = [
      rows.filter((row) => row[link] !== null),
      rows.filter((row) => row[i] === null),
      rows.filter((row) => row[i] !== null && row[j] === null),
    ];
    return parts.filter((part) => part.length > 0);
  }

  private columnsOf(link: number): readonly [number, number] {
    const [i, j] = this.links[link]!;
    return [this.links.length + i, this.links.length + j];
  }
}

function describeProduct({ facts, types, domains, links }: ChainVariable, product: Product): readonly string[] {
  const relations = links.map((_, at) => {
    const own = [...product[at]!];
    return own.includes(null) ? null : relationText(new Set(own as string[]), domains[0]!.kind === "line");
  });
  const isCompared = (index: number) => links.some((link, at) => relations[at] !== null && link.includes(index));
  const parts = facts.flatMap((fact, index) => {
    const mask = new Uint8Array(classCount(domains[index]!) + 1);
    for (const one of product[links.length + index]!) mask[one === null ? 0 : (one as number) + 1] = 1;
    // A relation implies that both are known.
    if (isCompared(index) && mask[0] === 0 && mask.subarray(1).every((one) => one === 1)) return [];
    const texts = describeFact(fact, types[index]!, domains[index]!, mask);
    return texts.length === 0 ? [] : texts.length === 1 ? [texts[0]!] : [`(${texts.join(" or ")})`];
  });
  const compared = links.flatMap(([i, j], at) =>
    relations[at] === null ? [] : [`${namePath(facts[i]!)} ${relations[at]} ${namePath(facts[j]!)}`],
  );
  return [...parts, ...compared];
}
