const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** Text as an attribute's value. What XML 1.0 cannot hold becomes U+FFFD. */
export function escapeAttribute(text: string): string {
  return clean(text).replace(/[&<>"\n\r\t]/g, (character) => entities[character]!);
}

/** Text as an element's content. What XML 1.0 cannot hold becomes U+FFFD. */
export function escapeText(text: string): string {
  return clean(text).replace(/[&<>\r]/g, (character) => entities[character]!);
}

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that XML 1.0 leaves out
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
}
