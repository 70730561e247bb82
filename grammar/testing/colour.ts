import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

/** A piece of a text, with the innermost scope that an editor colours it by, without `.scruple`. Offsets are UTF-16. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly scope: string;
}

const { resolve } = createRequire(import.meta.url);
const path = "grammar/scruple.tmLanguage.json";

/** Loads the grammar into the engine that editors have. The function that it gives colours a text with LF line ends. */
export async function loadColours(): Promise<(text: string) => readonly Piece[]> {
  const wasm = readFileSync(resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(path, "utf8"), path),
  });
  const grammar = await registry.loadGrammar("source.scruple");
  if (grammar === null) throw new Error(`${path} does not load`);
  return (text) => piecesOf(grammar, text);
}

function piecesOf(grammar: textmate.IGrammar, text: string): Piece[] {
  const pieces: Piece[] = [];
  let state = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of tokens) {
      const scope = (scopes.at(-1) ?? "").replace(/\.scruple$/, "");
      pieces.push({ start: offset + startIndex, end: offset + Math.min(endIndex, line.length), scope });
    }
    state = ruleStack;
    offset += line.length + 1;
  }
  return pieces;
}
