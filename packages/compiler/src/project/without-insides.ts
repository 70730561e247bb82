/** An interaction or a test laid out as the formatter does it: begun at the margin, indented, and closed at the margin. */
const block = /^((?:interaction|test) [^\n{}]*\{)(\n(?:(?:[ \t][^\n]*)?\n)*)(?=\}[ \t]*$)/gm;

/** What could end a block before its brace: a comment, or a declaration that recovery would begin. */
const doubtful =
  /\/\*|^[ \t]*(?:category|channel|condition|duty|facts|interaction|policy|promise|purpose|recipient|source|subject|test|use)\b/m;

/**
 * A text of which only that is left which other files can see, at the places where it stood: interactions and tests are empty. What is
 * not laid out well enough to be sure of it stays as it is.
 */
export function withoutInsides(text: string): string {
  return text.replace(block, (whole, head: string, inside: string) =>
    doubtful.test(inside) ? whole : head + " ".repeat(inside.length),
  );
}
