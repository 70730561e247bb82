import type { Finding } from "@scruple/syntax";

/** Collects findings by file. */
export class Findings {
  readonly #byFile = new Map<string, Finding[]>();

  /** Findings of one file mostly follow each other. */
  #last: { readonly path: string; readonly list: Finding[] } | null = null;

  add({ path }: { readonly path: string }, finding: Finding): void {
    let last = this.#last;
    if (last?.path !== path) {
      last = { path, list: this.#byFile.get(path) ?? [] };
      this.#byFile.set(path, last.list);
      this.#last = last;
    }
    last.list.push(finding);
  }

  /** The findings of one file, in the order in which they were made. */
  of(path: string): readonly Finding[] {
    return this.#byFile.get(path) ?? [];
  }

  /** Every file that has findings. */
  files(): Iterable<string> {
    return this.#byFile.keys();
  }
}
