/** The part of the web's TextDecoder that is needed here: Node and browsers have it alike. */
declare class TextDecoder {
  constructor(label: "utf-8", options: { readonly fatal: boolean });
  decode(bytes: Uint8Array): string;
}

/**
 * The text that bytes stand for, without a byte order mark. `invalidAt` is the offset in the text of the first place
 * that is not UTF-8, or null; the text then has U+FFFD in such places.
 */
export function decodeUtf8(bytes: Uint8Array): { readonly text: string; readonly invalidAt: number | null } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), invalidAt: null };
  } catch {
    const lenient = new TextDecoder("utf-8", { fatal: false });
    return { text: lenient.decode(bytes), invalidAt: lenient.decode(bytes.subarray(0, validPrefix(bytes))).length };
  }
}

/** How many bytes from the start are UTF-8, found by halving: a prefix that is cut within a character counts as good. */
function validPrefix(bytes: Uint8Array): number {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const good = (length: number) => {
    for (let cut = 0; cut < 4 && cut <= length; cut++) {
      try {
        strict.decode(bytes.subarray(0, length - cut));
        return true;
      } catch {}
    }
    return false;
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (good(middle)) low = middle;
    else high = middle - 1;
  }
  while (low > 0) {
    try {
      strict.decode(bytes.subarray(0, low));
      return low;
    } catch {
      low--;
    }
  }
  return 0;
}
