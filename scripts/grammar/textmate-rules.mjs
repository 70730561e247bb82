import { textmateRegexes } from "./textmate-regexes.mjs";

/**
 * The rules of the colouring: those to begin with, and all of them by their names.
 *
 * Every keyword may be a name wherever nothing else can stand there, so a list of keywords will not do. Instead, what
 * calls for a name or a value (`for`, `,`, `=`, `when` …) begins a rule that ends with it, whatever it is spelt like.
 * What is left where no such rule is open is a keyword, unless it stands before `:`, `.` or `=`.
 */
export function textmateRules(words) {
  const regexes = textmateRegexes(words);
  const repository = {
    ...trivia(),
    ...values(regexes),
    ...names(regexes),
    ...declarations(regexes, words),
    ...rules(regexes, words),
    ...expressions(regexes),
    ...keywords(regexes, words),
  };
  const top = [
    ...["comments", "strings", "literals", "annotations", "members", "given", "allowances", "declared", "tested"],
    ...["lists", "exceptions", "limits", "operands", "keywords", "parameters", "references", "marks"],
  ];
  return { top: include(...top), repository };
}

const scope = (name) => `${name}.scruple`;
const include = (...names) => names.map((name) => ({ include: `#${name}` }));
/** Scopes of the groups of an expression; one that begins with `#` has the group coloured by that rule. */
const captures = (...scopes) =>
  Object.fromEntries(
    scopes.map((each, i) => [i + 1, each.startsWith("#") ? { patterns: [{ include: each }] } : { name: scope(each) }]),
  );

function trivia() {
  return {
    comments: {
      patterns: [
        { match: "///(?!/).*$", name: scope("comment.line.documentation") },
        { match: "//.*$", name: scope("comment.line.double-slash") },
        { begin: String.raw`/\*`, end: String.raw`\*/`, name: scope("comment.block") },
      ],
    },
    marks: {
      patterns: [
        { match: String.raw`\.\.`, name: scope("keyword.operator.range") },
        { match: "[,.|:?/]", name: scope("punctuation.separator") },
        { match: "[{}()]", name: scope("punctuation.bracket") },
      ],
    },
  };
}

function values({ unit, keyword }) {
  return {
    strings: {
      begin: '"',
      end: '"|$',
      name: scope("string.quoted.double"),
      patterns: [
        { match: String.raw`\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})`, name: scope("constant.character.escape") },
        { match: String.raw`\\.`, name: scope("invalid.illegal.escape") },
      ],
    },
    literals: {
      patterns: [
        { match: String.raw`\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`, name: scope("constant.numeric.date") },
        { match: String.raw`\b[0-9]{2}:[0-9]{2}\b`, name: scope("constant.numeric.time") },
        {
          match: String.raw`(-?\b[0-9]+)\b(?:\s+(${unit}))?`,
          captures: captures("constant.numeric.integer", "keyword.other.unit"),
        },
        { match: keyword("true", "false"), name: scope("constant.language.boolean") },
      ],
    },
  };
}

function names({ gap, name, part }) {
  return {
    references: {
      patterns: [
        { match: String.raw`(?<![.\w])(?:any|special)\b(?!\s*[./])`, name: scope("constant.language") },
        { match: String.raw`(?<![.\w])(?:subject|data)(?=\s*\.)`, name: scope("variable.language") },
        { match: part, name: scope("variable.other") },
        { match: String.raw`(?<!\.)\.(?!\.)|/`, name: scope("punctuation.accessor") },
      ],
    },
    /** `name =`, in what a duty is given. */
    parameters: { match: `${name}(?=${gap}=)`, name: scope("variable.parameter") },
    annotations: {
      patterns: [
        {
          begin: `(@)\\s*(${name})\\s*(\\()`,
          beginCaptures: captures("punctuation.decorator", "entity.name.function.decorator", "punctuation.bracket"),
          end: String.raw`\)`,
          endCaptures: { 0: { name: scope("punctuation.bracket") } },
          patterns: include("comments", "strings", "literals", "marks"),
        },
        {
          match: `(@)\\s*(${name})`,
          captures: captures("punctuation.decorator", "entity.name.function.decorator"),
        },
      ],
    },
  };
}

function declarations({ gap, name, keyword, declaration, ruleHead, other, path }, words) {
  const members = (begin, scopes, end) => ({
    begin,
    beginCaptures: captures(...scopes),
    end: `${declaration}|(${end})`,
    endCaptures: captures("punctuation.bracket"),
    patterns: include("comments", "annotations", "types", "declared", "strings", "literals", "references", "marks"),
  });
  return {
    members: {
      patterns: [
        members(
          String.raw`${keyword("subject", "facts")}\s*(\{)`,
          ["keyword.declaration", "punctuation.bracket"],
          "\\}",
        ),
        members(
          String.raw`${keyword("duty")}\s+(${name})\s*(\()`,
          ["keyword.declaration", "entity.name.type", "punctuation.bracket"],
          "\\)",
        ),
      ],
    },
    types: {
      patterns: [
        {
          begin: ":",
          beginCaptures: { 0: { name: scope("punctuation.separator") } },
          end: `${declaration}|\\b(${words.types.join("|")}|set(?=\\s+of\\b))\\b(?!${gap}[|:.])|(${name})(?!${gap}\\??${gap}:)|${other}`,
          endCaptures: captures("support.type", "variable.other.enummember"),
          patterns: include("comments"),
        },
        {
          begin: String.raw`${keyword("of")}|(\|)`,
          beginCaptures: captures("keyword.other", "punctuation.separator"),
          end: `${declaration}|(${name})|${other}`,
          endCaptures: captures("variable.other.enummember"),
          patterns: include("comments"),
        },
      ],
    },
    /** Names before a colon, and the categories of a field after it. */
    declared: {
      patterns: [
        { match: `${name}(?=${gap}:${gap}${ruleHead})`, name: scope("entity.name.function.rule") },
        { match: `${name}(?=${gap}\\??${gap}:)`, name: scope("variable.other.property") },
        {
          begin: `:(?!${gap}${ruleHead})`,
          beginCaptures: { 0: { name: scope("punctuation.separator") } },
          end: `${declaration}|(?=${ruleHead})|(${path})|${other}`,
          endCaptures: captures("#references"),
          patterns: include("comments"),
        },
      ],
    },
  };
}

function rules({ keyword, colonOrDot, declaration, operation, path, unit, name, gap, other }, words) {
  const unnamed = ["policy", "use", "subject", "facts", "promise", "test"];
  const named = words.declarations.filter((word) => !unnamed.includes(word));
  /** Begins with what calls for a path, and ends with it. A word before a text is rather the next clause. */
  const calling = (begin, beginScope, endScope = "#references") => ({
    begin,
    beginCaptures: captures(beginScope),
    end: `${declaration}|(?!${name}\\s*")(${path})|${other}`,
    endCaptures: captures(endScope),
    patterns: include("comments"),
  });
  return {
    /** `allow use, disclose a`: the operations, and the data that they end with. */
    allowances: {
      begin: `(?:${keyword("always")}\\s+)?${keyword("allow", "deny", "never")}\\s+(${operation})\\b`,
      beginCaptures: captures("keyword.control", "keyword.control", "support.function.operation"),
      end: `${declaration}|(?!${name}\\s*")(${path})|(?=[^\\s,/])`,
      endCaptures: captures("#references"),
      patterns: [
        ...include("comments"),
        {
          begin: ",",
          beginCaptures: { 0: { name: scope("punctuation.separator") } },
          end: `${declaration}|(${operation})\\b|${other}`,
          endCaptures: captures("support.function.operation"),
          patterns: include("comments"),
        },
      ],
    },
    lists: {
      patterns: [
        calling(keyword("policy", "use"), "keyword.declaration", "entity.name.namespace"),
        calling(keyword(...named), "keyword.declaration", "entity.name.type"),
        {
          match: `${keyword("keep")}\\s+(at)\\s+(most)\\b`,
          captures: captures("keyword.other", "keyword.other", "keyword.other"),
        },
        calling(keyword("with", "for", "on", "to", "at", "then", "because"), "keyword.other.clause"),
        calling(keyword("within", "reaches", "from", "purposes", "channels", "precision"), "keyword.other"),
        // A word before `=` is no further element, but the name of a parameter.
        calling(`(,)(?!${gap}${name}${gap}=)`, "punctuation.separator"),
        // A path that goes on in the next line.
        calling(String.raw`((?<!\.)\.(?!\.))`, "punctuation.accessor"),
      ],
    },
    /** A test as far as its interaction: `in` calls for a name there, and elsewhere for a value. */
    tested: {
      begin: `${keyword("test")}(?=${gap}(?:"|$))`,
      beginCaptures: captures("keyword.declaration"),
      end: String.raw`${declaration}|(?=\}|\b(?:for|on|to|given|expect)\b)`,
      patterns: [calling(keyword("in"), "keyword.operator.logical"), ...include("comments", "strings", "marks")],
    },
    /** `except`, its brace, and `|` between exceptions: data may follow, or a clause. */
    exceptions: {
      begin: `${keyword("except")}(?:\\s*(\\{))?|(\\|)`,
      beginCaptures: captures("keyword.other.clause", "punctuation.bracket", "punctuation.separator"),
      end: `${declaration}|(?=(?:with|for|on|to|at|when|unless|except)\\b(?!${gap},|${colonOrDot}))|(${path})|${other}`,
      endCaptures: captures("#references"),
      patterns: include("comments"),
    },
    /** `per week`, `per 3 days`, `per channel` */
    limits: {
      begin: keyword("per"),
      beginCaptures: captures("keyword.other"),
      end: `${declaration}|(${unit})|(channel)\\b|${other}`,
      endCaptures: captures("keyword.other.unit", "keyword.other"),
      patterns: include("comments"),
    },
  };
}

function expressions({ keyword, colonOrDot, declaration, path, name, gap, other }) {
  const here = (list) => `(?<![.\\w])(?:${list})\\b(?!${colonOrDot})`;
  /** Begins with what calls for a value, and ends with it. `set` is whether it may be one in braces. */
  const operand = (begin, beginScope, set = false) => ({
    begin,
    beginCaptures: captures(beginScope),
    end: [
      declaration,
      ...(set ? [String.raw`(?<=\})`] : []),
      `(?=${here("not|and|or|in")})`,
      `(${here("true|false")})`,
      `(${here("explicit")})(?=\\s+consent\\b)`,
      `(${here("consent|objection")})`,
      `(${path})`,
      set ? String.raw`(?=[^\s/{])` : other,
    ].join("|"),
    endCaptures: captures("constant.language.boolean", "keyword.other", "keyword.other", "#references"),
    patterns: include("comments", ...(set ? ["sets"] : [])),
  });
  return {
    operands: {
      patterns: [
        operand(keyword("when", "unless"), "keyword.other.clause"),
        operand(keyword("and", "or", "not"), "keyword.operator.logical"),
        operand(keyword("in"), "keyword.operator.logical", true),
        operand("(!=|<=|>=|<|>|=)", "keyword.operator.comparison", true),
        // Directly behind a name, it opens arguments, which have names.
        operand(String.raw`(\((?!${gap}${name}${gap}=)|(?<![\w${"`"}])\()`, "punctuation.bracket"),
      ],
    },
    sets: {
      begin: String.raw`(\{)`,
      beginCaptures: captures("punctuation.bracket"),
      end: `${declaration}|(\\})`,
      endCaptures: captures("punctuation.bracket"),
      patterns: include("comments", "strings", "literals", "references", "marks"),
    },
    /** What a test gives: a word before `=` is a fact, and only `consent` and `objection` are not. */
    given: {
      begin: keyword("given"),
      beginCaptures: captures("keyword.other"),
      end: `${declaration}|(?=[}@]|${keyword("expect")})`,
      patterns: [
        ...include("comments", "strings"),
        {
          match: `${keyword("explicit")}(?=\\s+consent\\b)|${keyword("consent", "objection")}`,
          name: scope("keyword.other"),
        },
        { match: "[,]", name: scope("punctuation.separator") },
        { match: `(${path})(?=${gap}=)`, captures: captures("#references") },
        ...include("lists", "operands", "literals", "references", "marks"),
      ],
    },
  };
}

function keywords({ keyword }, words) {
  const groups = new Map();
  for (const word of words.all) {
    const name = scopeOf(word, words);
    groups.set(name, [...(groups.get(name) ?? []), word]);
  }
  return {
    keywords: { patterns: [...groups].map(([name, list]) => ({ match: keyword(...list), name: scope(name) })) },
  };
}

function scopeOf(word, words) {
  if (words.declarations.includes(word)) return "keyword.declaration";
  if (["allow", "deny", "never", "always", "expect"].includes(word)) return "keyword.control";
  if (["and", "or", "not", "in"].includes(word)) return "keyword.operator.logical";
  if (words.operations.includes(word)) return "support.function.operation";
  if (words.clauses.includes(word)) return "keyword.other.clause";
  return words.origins.includes(word) ? "storage.modifier.origin" : "keyword.other";
}
