import type { Finding } from "./diagnostic.ts";
import type { SourceFile } from "./tree.ts";

export function checkTree(_file: SourceFile, _text: string): Finding[] {
  return [];
}
