/** The text of a policy, or of a request, in which words are others; what is quoted is no name and stays, unless all is asked for. */
export function renamedText(text: string, words: ReadonlyMap<string, string>): string {
  return text
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\w.]+/g, (word) => renamedWord(word, words))))
    .join("");
}

/** A name and its parts; the longest first, as a policy's name has parts itself. */
function renamedWord(word: string, words: ReadonlyMap<string, string>): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  const parts = word.split(".");
  return parts.map((part) => words.get(part) ?? part).join(".");
}
