/** The parts that the rules of the colouring are put together from, as texts of Oniguruma's expressions. */
export function textmateRegexes(words) {
  /** White space and comments, as far as the line goes. */
  const gap = String.raw`(?:\s|/\*[^*]*\*/)*`;
  const name = "(?:[A-Za-z_][A-Za-z0-9_]*|`[^`\\s]*`)";
  const part = `(?:${name}|#[0-9]+)`;
  /** What follows a word that is a name by its place, whatever it is spelt like. */
  const colonOrDot = `${gap}(?::|\\.(?!\\.)|\\?${gap}:)`;
  const operation = oneOf(words.operations);
  return {
    gap,
    name,
    part,
    colonOrDot,
    operation,
    /** A dotted name, or a path of a rule. Before a colon it is none, but the name of what comes next. */
    path: `(?>${part}(?:\\s*[./](?![./*])\\s*${part})*)(?!${gap}\\??${gap}:)`,
    unit: `${oneOf(["second", "minute", "hour", "day", "week", "month", "year"])}s?\\b(?!${colonOrDot})`,
    /** A keyword of the list where no name is called for. A word before `=` is the name of a fact or a parameter. */
    keyword: (...list) => String.raw`(?<![.\w${"`"}])\b(${list.join("|")})\b(?!${colonOrDot}|${gap}=)`,
    ruleHead: `(?:allow|deny)\\s+${operation}\\b`,
    /** A declaration at the start of a line ends whatever was left open before it. */
    declaration: `^(?=${oneOf(words.declarations)}\\s+[\\w"\`{])`,
    /** Anything but white space and comments, which stays for others. */
    other: String.raw`(?=[^\s/])`,
  };
}

function oneOf(list) {
  return `(?:${list.join("|")})`;
}
