/**
 * Text that can be shown on a line of a terminal without leaving it, moving its cursor, ringing its bell or turning its letters around.
 * A policy is input like any other: what it holds must not be able to hide a line of a report, nor to write one.
 */
export function printableLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    if (character === "\t") return " ";
    const code = character.codePointAt(0)!;
    // Joiners shape emoji and several scripts, and move nothing.
    if (code === 0x200c || code === 0x200d) return character;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return "\ufffd";
  });
}
