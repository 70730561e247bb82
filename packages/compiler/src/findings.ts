import type { Finding } from "@scruple/syntax";

/** Collects findings by file. */
export class Findings {
  readonly #byFile = new Map<string, Finding[]>();

  add(file: { readonly path: string }, finding: Finding): void {
    const list = this.#byFile.get(file.path);
    if (list) list.push(finding);
    else this.#byFile.set(file.path, [finding]);
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
