/**
 * How the grammar is told: its rules in sections, with what the productions alone do not say. The parser takes the
 * clauses of rules in any order and any number, so as to say what is wrong with them; the notes say where they belong.
 */
export const sections = [
  {
    title: "Files",
    rules: {
      file: "Begins with the policy's header, and has one.",
      declaration: "A rule that stands outside interactions has a name.",
      policyHeader: "",
      useDeclaration: "",
      decorations: "`///` comments before a declaration, a rule or a member are its documentation.",
      annotation: "",
    },
  },
  {
    title: "Vocabulary",
    rules: {
      category: "",
      precision: "From fine to coarse.",
      purpose: "",
      recipient: "Within one other at most.",
      channel: "",
      quiet: "A range of times; it may pass midnight.",
      source: "",
      origin: "",
      keep: "A number with its unit; `deleted by store` or `except`, not both.",
      field: "",
      subject: "",
      facts: "",
      member: "",
      type: "",
      intType: "",
      setType: "",
      alternatives: "At least two, unless in a set.",
      condition: "",
      duty: "",
    },
  },
  {
    title: "Interactions and rules",
    rules: {
      interaction: "`purposes` and `channels` once each, before the rules.",
      bounds: "",
      rule: "Each clause at most once, in the order in which they are listed below. Outside interactions the name is required.",
      operations: "`combine` stands alone where there is a `with`.",
      operation: "`process` means all the others.",
      clause:
        "`under`, `until`, `then` and `told` belong to allows, `after` to denials. `for` directly behind `consent` or `objection` belongs to them.",
      atClause: "",
      underClause: "",
      afterClause: "",
      thenClause: "",
      dutyCalls: "",
      dutyCall: "",
      argument: "",
      exceptClause: "Without braces, what follows belongs to the innermost exception that can have it.",
      exceptionList: "",
      exception:
        "Of the clauses, `with`, `for`, `on`, `to`, `at`, `when`, `unless` and `except`, each at most once and in this order.",
    },
  },
  {
    title: "Expressions",
    rules: {
      expression: "Parentheses, `not` and `except` nest up to 256 deep, together.",
      conjunction: "",
      negation: "",
      comparison: "",
      atom: "",
      parenthesized: "",
      consentTest: "",
      objectionTest: "",
      reference: "What is in parentheses goes with a path that ends in `contains`.",
    },
  },
  {
    title: "Promises and tests",
    rules: {
      promise: "",
      promiseLine:
        "`covertly` at most once, between selectors and conditions, and with `never`. Of the clauses, `with`, `for`, `on`, `to`, `at`, `when` and `unless`, each at most once and in this order.",
      test: "",
      givens: "",
      given: "",
      givenConsent: "",
      givenObjection: "",
      givenValue: "",
      expectation: "",
      rulePaths: "",
      rulePath: "",
    },
  },
  {
    title: "Names and values",
    rules: {
      paths: "",
      path: "",
      literal: "",
      number: "With a unit, a duration.",
      set: "",
      knownSet: "What is given, or goes into a duty, may be no value at all.",
      elements: "",
      range: "Both ends included.",
      value: "",
      operand: "",
    },
  },
];

/** What the lexer makes of characters, in the notation of the XML recommendation, which the grammar's text uses. */
export const terminals = {
  NAME: {
    text: "[A-Za-z_] [A-Za-z0-9_]* | '`' [^`./# #x9#xA#xD]+ '`'",
    note: "Every keyword may be a name wherever nothing else can stand there. A word before `:`, or behind or before `.`, always is one.",
  },
  INTEGER: { text: "'-'? [0-9]+", note: "From -(2^53-1) to 2^53-1." },
  UNIT: {
    text: "( 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year' ) 's'?",
    note: "Directly behind an integer or `per`; before `:` or `.` it is a name.",
  },
  TIME: { text: "[0-2] [0-9] ':' [0-5] [0-9]", note: "Up to 23:59." },
  DATE: { text: "[0-9] [0-9] [0-9] [0-9] '-' [0-1] [0-9] '-' [0-3] [0-9]", note: "A day that there is." },
  STRING: {
    text: `'"' ( [^"\\#x0-#x1F] | '\\' ( ["\\/bfnrt] | 'u' [0-9A-Fa-f] [0-9A-Fa-f] [0-9A-Fa-f] [0-9A-Fa-f] ) )* '"'`,
    note: "As in JSON.",
  },
  COMPARATOR: { text: "'=' | '!=' | '<' | '<=' | '>' | '>='", note: "" },
  ORDINAL: { text: "'#' [0-9]+", note: "A rule without a name, by its place among its interaction's rules, from 1." },
};

/** What may stand between any two tokens. */
export const trivia = {
  WHITESPACE: { text: "[ #x9#xA#xB#xC#xD]+", note: "New lines mean nothing." },
  COMMENT: { text: "'//' [^#xA#xD]* | '/*' ( [^*] | '*'+ [^*/] )* '*'+ '/'", note: "" },
};
