import { createToken, Lexer, type TokenType } from "chevrotain";

/**
 * A string from its first quote to its last, or to the end of the line where that is missing. Scanned by hand: an
 * expression with alternatives under a star runs out of stack on a string of some megabytes.
 */
function quotedText(text: string, at: number, closed: boolean): [string] | null {
  if (text.charCodeAt(at) !== 34) return null;
  let end = at + 1;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 34) return closed ? [text.slice(at, end + 1)] : null;
    if (code === 10 || code === 13) break;
    if (code === 92 && end + 1 < text.length && !/[\r\n]/.test(text.charAt(end + 1))) end += 1;
  }
  return closed ? null : [text.slice(at, end)];
}

function blockComment(text: string, at: number): [string] | null {
  if (!text.startsWith("/*", at)) return null;
  const end = text.indexOf("*/", at + 2);
  return end === -1 ? null : [text.slice(at, end + 2)];
}

/**
 * The token types. Every word is a `Word`: a keyword is one too, so that the grammar may take any keyword as a name
 * wherever nothing else can stand there.
 */
export const Word = createToken({ name: "Word", label: "NAME", pattern: Lexer.NA });

/** A word that is no keyword where it stands: names of rules, fields, attributes and facts are always such. */
export const PlainName = createToken({ name: "PlainName", label: "PLAIN_NAME", pattern: Lexer.NA, categories: [Word] });

/** Letters that a name may only hold between backticks, as a part of a character class. */
const foreignLetters =
  "\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u167f\\u1681-\\u1fff\\u2c00-\\u2dff\\u3040-\\ud7ff\\uf900-\\ufdff\\ufe70-\\ufefe";
/** Words of the lexer, before and unless `retag` makes them keywords. */
export const Identifier = createToken({
  name: "Identifier",
  pattern: new RegExp(`[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_${foreignLetters}])`),
  categories: [PlainName],
});
export const Quoted = createToken({ name: "Quoted", pattern: /`[^`\r\n]*`/, categories: [PlainName] });
/** A word with letters from beyond ASCII: reported, and then taken as the name that it was meant to be. */
export const ForeignWord = createToken({
  name: "ForeignWord",
  pattern: new RegExp(`[A-Za-z_${foreignLetters}][A-Za-z0-9_${foreignLetters}]*`),
  categories: [PlainName],
  line_breaks: false,
});

export const Int = createToken({ name: "Int", label: "INTEGER", pattern: /-?[0-9]+/ });
/** `1.5`: there are no such numbers; reported, and then taken as an integer. */
export const Decimal = createToken({ name: "Decimal", pattern: /-?[0-9]+\.[0-9]+/, categories: [Int] });
export const Time = createToken({ name: "Time", label: "TIME", pattern: /[0-9]+:[0-9]+/ });
export const DateToken = createToken({ name: "Date", label: "DATE", pattern: /[0-9]+-[0-9]+-[0-9]+/ });
export const Text = createToken({
  name: "Text",
  label: "STRING",
  pattern: (text: string, at: number) => quotedText(text, at, true),
  start_chars_hint: ['"'],
  line_breaks: false,
});
/** `'…'` or typographic quotes: reported, and then taken as a string. */
export const OddlyQuoted = createToken({
  name: "OddlyQuoted",
  pattern: /'[^'\r\n]*'|[\u201c-\u201f\u00ab][^"\u201c-\u201f\u00bb\r\n]*[\u201c-\u201f\u00bb]/,
  categories: [Text],
});
export const OpenText = createToken({
  name: "OpenText",
  pattern: (text: string, at: number) => quotedText(text, at, false),
  start_chars_hint: ['"'],
  line_breaks: false,
  categories: [Text],
});
export const OpenQuoted = createToken({ name: "OpenQuoted", pattern: /`[^`\s]*/, categories: [PlainName] });
/** `#2`, the place of an unnamed rule, in rule paths. */
export const Ordinal = createToken({ name: "Ordinal", label: "ORDINAL", pattern: /#[0-9]+/ });

export const Whitespace = createToken({
  name: "Whitespace",
  pattern: /[ \t\r\n\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const DocComment = createToken({ name: "DocComment", pattern: /\/\/\/(?!\/)[^\r\n]*/ });
export const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\r\n]*/ });
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: blockComment,
  start_chars_hint: ["/"],
  line_breaks: true,
});
export const OpenComment = createToken({ name: "OpenComment", pattern: /\/\*[\s\S]*/, line_breaks: true });

const mark = (name: string, text: string, categories: TokenType[] = []): TokenType =>
  createToken({ name, label: text, pattern: text, categories });
export const LBrace = mark("LBrace", "{");
export const RBrace = mark("RBrace", "}");
export const LParen = mark("LParen", "(");
export const RParen = mark("RParen", ")");
export const Comma = mark("Comma", ",");
export const Colon = mark("Colon", ":");
export const Pipe = mark("Pipe", "|");
export const Question = mark("Question", "?");
export const At = mark("At", "@");
export const DotDot = mark("DotDot", "..");
export const Dot = mark("Dot", ".");
export const Slash = mark("Slash", "/");

/** `=`, `!=`, `<`, `<=`, `>` and `>=`. */
export const Comparator = createToken({ name: "Comparator", label: "COMPARATOR", pattern: Lexer.NA });
export const Equal = mark("Equal", "=", [Comparator]);
export const NotEqual = mark("NotEqual", "!=", [Comparator]);
export const LessEqual = mark("LessEqual", "<=", [Comparator]);
export const Less = mark("Less", "<", [Comparator]);
export const GreaterEqual = mark("GreaterEqual", ">=", [Comparator]);
export const Greater = mark("Greater", ">", [Comparator]);

/** `==`, `&&` and their like: reported with the operator that is meant, and then taken for it. */
export const ForeignOperator = createToken({ name: "ForeignOperator", pattern: /===?|!==|<>|=<|=>|&&?|\|\||!(?!=)/ });
/** Characters that begin nothing: reported, and left out of the parse. */
export const Stray = createToken({
  name: "Stray",
  // biome-ignore lint/suspicious/noControlCharactersInRegex: any character at all.
  pattern: /[\ud800-\udbff][\udc00-\udfff]|[\u0000-\uffff]/,
  line_breaks: false,
});

/** What a rule may say, in the order in which it has them. */
export const clauseWords = [
  "with",
  "for",
  "on",
  "to",
  "at",
  "under",
  "when",
  "unless",
  "until",
  "after",
  "then",
  "told",
  "because",
  "except",
] as const;

const keywords = [
  ...["policy", "use", "category", "source", "purpose", "recipient", "channel", "subject", "facts", "condition"],
  ...["duty", "interaction", "promise", "test"],
  ...["within", "special", "precision", "provided", "published", "observed", "public", "third_party", "derived"],
  ...["from", "collected", "keep", "most", "deleted", "by", "store", "reaches", "quiet"],
  ...["bool", "int", "text", "time", "date", "duration", "set", "of"],
  ...["started", "company", "customer", "purposes", "channels"],
  ...["allow", "deny", "collect", "infer", "combine", "disclose", "process"],
  ...clauseWords,
  ...["per", "explicit", "consent", "objection", "contract", "legal_obligation", "legitimate_interest"],
  ...["vital_interest", "public_task"],
  ...["never", "always", "covertly", "in", "given", "expect", "and", "or", "not", "true", "false"],
] as const;
export type Keyword = (typeof keywords)[number];

/** The keyword token types, by their word. */
export const K = Object.fromEntries(
  keywords.map((word) => [
    word,
    createToken({ name: `Keyword_${word}`, label: word, pattern: Lexer.NA, categories: [Word] }),
  ]),
) as Record<Keyword, TokenType>;

/** A unit of time where it is one: directly after an integer, or after `per`. */
export const Unit = createToken({ name: "Unit", label: "UNIT", pattern: Lexer.NA, categories: [Word] });

export const keywordTypes: ReadonlyMap<string, TokenType> = new Map(Object.entries(K));

/** What the lexer tries, in this order. */
export const lexedTypes: TokenType[] = [
  Whitespace,
  Identifier,
  Comma,
  DotDot,
  Dot,
  DateToken,
  Time,
  Decimal,
  Int,
  Text,
  OpenText,
  DocComment,
  LineComment,
  BlockComment,
  OpenComment,
  Slash,
  Quoted,
  OpenQuoted,
  OddlyQuoted,
  ForeignOperator,
  LBrace,
  RBrace,
  LParen,
  RParen,
  Colon,
  Pipe,
  Question,
  At,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Equal,
  Ordinal,
  ForeignWord,
  Stray,
];

/** Everything that the parser may be asked for. */
export const vocabulary: TokenType[] = [...lexedTypes, Word, PlainName, Comparator, Unit, ...Object.values(K)];
