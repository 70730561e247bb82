/** A piece of source as it is written, on one line. */
export function written(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end).replace(/\s+/g, " ");
}
