import type * as lsp from "vscode-languageserver";

/** The tokens that were last sent of each file, so that only what changes has to be sent again. */
export class TokenResults {
  readonly #sent = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  #ids = 0;

  full(uri: string, data: number[]): lsp.SemanticTokens {
    const id = `${++this.#ids}`;
    this.#sent.set(uri, { id, data });
    return { resultId: id, data };
  }

  /** What changes; everything, where the client has something else than what was last sent. */
  delta(uri: string, previous: string, data: number[]): lsp.SemanticTokens | lsp.SemanticTokensDelta {
    const before = this.#sent.get(uri);
    const { resultId = "" } = this.full(uri, data);
    if (before === undefined || before.id !== previous) return { resultId, data };
    let start = 0;
    const shorter = Math.min(before.data.length, data.length);
    while (start < shorter && before.data[start] === data[start]) start++;
    let tail = 0;
    while (tail < shorter - start && before.data.at(-1 - tail) === data.at(-1 - tail)) tail++;
    const deleteCount = before.data.length - start - tail;
    const inserted = data.slice(start, data.length - tail);
    return { resultId, edits: deleteCount + inserted.length === 0 ? [] : [{ start, deleteCount, data: inserted }] };
  }

  forget(uri: string): void {
    this.#sent.delete(uri);
  }
}
