import { childrenOf, type Node, type SourceFile } from "@scruple/syntax";

/**
 * The nodes around an offset, the file first and the innermost last. Of two that touch at the offset, the one that begins
 * there: the cursor before a name is on the name.
 */
export function nodesAt(file: SourceFile, offset: number): readonly Node[] {
  const path: Node[] = [file];
  for (;;) {
    const inside = childrenOf(path.at(-1)!).filter((node) => node.start <= offset && offset <= node.end);
    const next = inside.findLast((node) => offset < node.end) ?? inside.at(-1);
    if (next === undefined) return path;
    path.push(next);
  }
}

/** The innermost node of one of these kinds around an offset. */
export function nodeAt<K extends Node["kind"]>(
  file: SourceFile,
  offset: number,
  ...kinds: readonly K[]
): Extract<Node, { readonly kind: K }> | null {
  const found = nodesAt(file, offset).findLast((node) => (kinds as readonly string[]).includes(node.kind));
  return (found as Extract<Node, { readonly kind: K }> | undefined) ?? null;
}
