/** What ends lines in a text: what ends its first, and a line feed where there is but one line. */
export function lineBreakOf(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? "\n";
}
