import { keywordTypes } from "../token-types.ts";

/** A number from 0 up to `below`, exclusive: the only chance there is. */
export type Pick = (below: number) => number;

const plainNames = ["email", "a", "customer_care", "x1", "_", "`from here`".replace(" ", "-"), "`ünï`", "`1`", "`for`"];
const keywordNames = [...keywordTypes.keys(), "day", "weeks", "contains", "data"];
/** Words that are something else at the beginning of a condition, or of an exception. */
const reserved = ["consent", "objection", "explicit", "not", "and", "or", "in", "true", "false"];
const operations = ["collect", "infer", "use", "disclose", "process"];
const units = ["second", "minutes", "hour", "day", "weeks", "month", "years"];

/** Chance from a list of numbers; once they are used up, always 0, with which everything is as small as it can be. */
export function pickFrom(numbers: readonly number[]): Pick {
  let next = 0;
  return (below) => {
    const number = numbers[next] ?? 0;
    next += 1;
    return number % below;
  };
}

/** The tokens of a policy without any error, from chance alone. Names are keywords wherever they may be. */
export class RandomPolicy {
  private readonly out: string[] = [];
  private readonly pick: Pick;

  constructor(pick: Pick) {
    this.pick = pick;
  }

  tokens(): string[] {
    this.put("policy");
    this.path();
    for (let i = this.pick(6); i >= 0; i -= 1) this.declaration();
    return this.out;
  }

  private put(...tokens: string[]): void {
    this.out.push(...tokens);
  }
  private one<Item>(...items: readonly Item[]): Item {
    return items[this.pick(items.length)] as Item;
  }
  private maybe(body: () => void): void {
    if (this.pick(2) === 0) body();
  }
  /** At least one, each but the first behind the separator. */
  private list(separator: string, body: () => void, most = 3): void {
    body();
    for (let i = this.pick(most); i > 0; i -= 1) {
      this.put(separator);
      body();
    }
  }

  private name(): void {
    this.put(this.pick(3) === 0 ? this.one(...keywordNames) : this.one(...plainNames));
  }
  private plain(): void {
    this.put(this.one(...plainNames));
  }
  private path(): void {
    this.list(".", () => this.name());
  }
  private paths(): void {
    this.list(",", () => this.path(), this.pick(8) === 0 ? 30 : 3);
  }

  private literal(): void {
    this.one(
      () => this.put(this.one("0", "17", "-3", "9007199254740991")),
      () => this.put(this.one("3", "40"), this.one(...units)),
      () => this.put(this.one("09:30", "23:59")),
      () => this.put("2024-02-29"),
      () => this.put(this.one('"text"', '"\\u00e9 \\" // no comment"', `"${"long ".repeat(20)}"`)),
      () => this.put(this.one("true", "false")),
    )();
  }
  private set(
    element = () =>
      this.one(
        () => this.literal(),
        () => this.plain(),
      )(),
  ): void {
    this.put("{");
    this.list(",", element);
    this.put("}");
  }

  private expression(depth = 3): void {
    const least = depth <= 0;
    const kind = this.pick(least ? 5 : 10);
    if (kind === 0) this.plain();
    else if (kind === 1) this.put("subject", ".", this.one(...plainNames, ...keywordNames, ...reserved));
    else if (kind === 2) {
      this.maybe(() => this.put("explicit"));
      this.put("consent");
      this.maybe(() => this.for());
    } else if (kind === 3) {
      this.put("objection");
      this.maybe(() => this.for());
    } else if (kind === 4) this.put("subject", ".", "tags", ".", "contains", "(", this.one("gold", "for", "3"), ")");
    else if (kind === 5) this.list(this.one("and", "or"), () => this.expression(depth - 1));
    else if (kind === 6) {
      this.put("(");
      this.expression(depth - 1);
      this.put(")");
    } else if (kind === 7) {
      this.put("not", "(");
      this.expression(depth - 1);
      this.put(")");
    } else if (kind === 8) {
      this.put("local_time", this.one("=", "!=", "<", "<=", ">", ">="));
      this.literal();
    } else {
      this.put("data", ".", "age", "in");
      this.one(
        () => this.set(),
        () => this.put("1", "day", "..", "2", "years"),
        () => this.put("22:00", "..", "06:00"),
      )();
    }
  }
  private for(): void {
    this.put("for");
    this.path();
  }

  private decorations(): void {
    for (let i = this.pick(4); i > 2; i -= 1) {
      this.put("@", this.one("id", "review", "accept", "for"));
      this.maybe(() => {
        this.put("(");
        this.maybe(() => this.list(",", () => this.literal()));
        this.put(")");
      });
    }
  }

  private declaration(): void {
    this.decorations();
    this.one<() => void>(
      () => this.head("use", () => this.path()),
      () => {
        this.head("category");
        this.maybe(() => this.clause("within"));
        this.maybe(() => this.put("special"));
        this.maybe(() => {
          this.put("precision");
          this.list(",", () => this.name());
        });
      },
      () => this.source(),
      () => {
        this.head("purpose");
        this.maybe(() => this.clause("within"));
      },
      () => {
        this.head("recipient");
        this.maybe(() => this.head("within", () => this.path()));
      },
      () => {
        this.head("channel");
        this.maybe(() => this.clause("within"));
        this.clause("reaches");
        this.maybe(() => {
          this.put("quiet", "22:00", "..", "07:00");
          this.maybe(() => this.put("except") === undefined && this.clause("for"));
        });
      },
      () => this.members("subject"),
      () => this.members("facts"),
      () => {
        this.head("condition");
        this.put("=");
        this.expression();
      },
      () => {
        this.head("duty");
        this.maybe(() => {
          this.put("(");
          this.maybe(() => this.list(",", () => this.member()));
          this.put(")");
        });
      },
      () => this.interaction(),
      () => this.promise(),
      () => this.test(),
      () => this.rule(true),
    )();
  }
  private head(keyword: string, body = () => this.name()): void {
    this.put(keyword);
    body();
  }
  private clause(keyword: string): void {
    this.head(keyword, () => this.paths());
  }

  private source(): void {
    this.head("source");
    const origin = this.one("provided", "published", "observed", "public", "third_party", "derived");
    this.put(origin);
    if (origin === "derived") this.clause("from");
    this.maybe(() => this.put("collected") === undefined && this.clause("for"));
    this.maybe(() => this.put("under", "consent") === undefined && this.for());
    this.maybe(() => {
      this.put("keep", "at", "most", "30", this.one(...units));
      this.one(
        () => {},
        () => this.put("deleted", "by", "store"),
        () => this.put("except") === undefined && this.clause("for"),
      )();
    });
    this.put("{");
    for (let i = this.pick(4); i > 0; i -= 1) {
      this.decorations();
      this.name();
      this.put(":");
      this.paths();
    }
    this.put("}");
  }

  private members(keyword: string): void {
    this.put(keyword, "{");
    for (let i = this.pick(5); i > 0; i -= 1) {
      this.decorations();
      this.member();
    }
    this.put("}");
  }
  private member(): void {
    this.name();
    this.maybe(() => this.put("?"));
    this.put(":");
    const values = (): void => this.list("|", () => this.name());
    this.one(
      () => this.put(this.one("bool", "text", "time", "date", "duration", "int")),
      () => this.put("int", "0", "..", "130"),
      () => {
        this.name();
        this.put("|");
        values();
      },
      () => {
        this.put("set", "of");
        values();
      },
    )();
  }

  private interaction(): void {
    this.head("interaction");
    this.maybe(() => this.put("started", "by", this.one("company", "customer")));
    this.maybe(() => this.put("until", "2030-01-31"));
    this.put("{");
    this.clause("purposes");
    this.clause("channels");
    for (let i = this.pick(4); i > 0; i -= 1) {
      this.decorations();
      this.rule(false);
    }
    this.put("}");
  }

  private rule(named: boolean): void {
    if (named || this.pick(2) === 0) {
      this.name();
      this.put(":");
    }
    const allows = this.pick(2) === 0;
    this.put(allows ? "allow" : "deny");
    const joins = this.selected();
    this.selectors(joins);
    if (allows) this.maybe(() => this.under());
    this.conditions();
    if (allows) this.maybe(() => this.put("until", "2030-01-31"));
    if (allows) {
      this.maybe(() => {
        this.put("then");
        this.list(",", () => this.dutyCall());
      });
      this.maybe(() => this.put("told", '"text"'));
    } else
      this.maybe(() => this.put("after", "2", "per", ...this.one(["week"], ["3", "days"], ["day", "per", "channel"])));
    this.maybe(() => this.put("because", '"why"'));
    this.maybe(() => this.except(3));
  }
  /** Operations and data. Whether the operation is `combine` alone, which `with` may follow. */
  private selected(): boolean {
    const joins = this.pick(4) === 0;
    if (joins) this.put("combine");
    else this.list(",", () => this.put(this.one(...operations)));
    this.paths();
    return joins;
  }
  private selectors(joins: boolean): void {
    if (joins) this.maybe(() => this.clause("with"));
    for (const keyword of ["for", "on", "to"]) this.maybe(() => this.clause(keyword));
    this.maybe(() => this.head("at"));
  }
  private under(): void {
    this.put("under");
    this.one(
      () => this.put("contract"),
      () => {
        this.maybe(() => this.put("explicit"));
        this.put("consent");
        this.maybe(() => this.for());
      },
    )();
  }
  private conditions(): void {
    for (const keyword of ["when", "unless"]) this.maybe(() => this.put(keyword) === undefined && this.expression());
  }
  private dutyCall(): void {
    this.path();
    this.maybe(() => {
      this.put("(");
      this.maybe(() =>
        this.list(",", () => {
          this.name();
          this.put("=");
          this.one(
            () => this.literal(),
            () => this.set(),
            () => this.plain(),
          )();
        }),
      );
      this.put(")");
    });
  }
  private except(depth: number): void {
    this.put("except");
    if (depth > 0 && this.pick(2) === 0) {
      this.put("{");
      this.list("|", () => this.exception(depth - 1));
      this.put("}");
    } else this.exception(depth - 1);
  }
  private exception(depth: number): void {
    const before = this.out.length;
    this.maybe(() => this.list(",", () => this.put(this.one(...plainNames))));
    this.selectors(true);
    this.conditions();
    if (depth > 0) this.maybe(() => this.except(depth));
    if (this.out.length === before) this.clause("for");
  }

  private promise(): void {
    this.put("promise", '"text"', "{");
    for (let i = 1 + this.pick(2); i > 0; i -= 1) {
      this.decorations();
      const never = this.pick(2) === 0;
      this.put(...(never ? ["never"] : ["always", "allow"]));
      this.selectors(this.selected());
      if (never) this.maybe(() => this.put("covertly"));
      this.conditions();
    }
    this.put("}");
  }

  private test(): void {
    this.put("test", '"text"', "{");
    for (const keyword of ["in", "for", "on"]) this.head(keyword, () => this.path());
    this.maybe(() => this.head("to", () => this.path()));
    this.maybe(() => {
      this.put("given");
      this.list(",", () => this.given());
    });
    for (let i = 1 + this.pick(2); i > 0; i -= 1) this.expectation();
    this.put("}");
  }
  private given(): void {
    this.one<() => void>(
      () => {
        this.put("subject", ".", this.one(...plainNames), "=");
        this.one(
          () => this.literal(),
          () => this.set(),
          () => this.put("{", "}"),
          () => this.plain(),
        )();
      },
      () => {
        this.maybe(() => this.put("explicit"));
        this.put("consent");
        this.for();
        this.maybe(() => this.head("on", () => this.path()));
      },
      () => {
        this.put("objection");
        this.head("to", () => this.path());
        this.maybe(() => this.head("on", () => this.path()));
      },
    )();
  }
  private expectation(): void {
    this.decorations();
    this.put("expect", this.one("allow", "deny"));
    const joins = this.pick(3) === 0;
    this.put(joins ? "combine" : this.one(...operations));
    this.path();
    if (joins) this.maybe(() => this.head("with", () => this.path()));
    this.maybe(() => this.head("to", () => this.path()));
    this.maybe(() => this.head("at"));
    this.maybe(() => {
      this.put("because");
      this.list(",", () => {
        this.maybe(() => this.path() === undefined && this.put("/"));
        this.path();
        this.maybe(() => this.put(".", "#2"));
      });
    });
    this.maybe(() => {
      this.put("then");
      this.list(",", () => this.dutyCall());
    });
  }
}

const spaces = [" ", " ", " ", "\n", "\r\n", "\n\n\n", "\t", "  \n "];
const comments = [
  ...[
    " // trailing\n",
    "\n// own line\n",
    " /* inline */ ",
    "\n/* own block */\n",
    "\n/* before */ ",
    " /* behind */\n",
  ],
  ...[
    "\n/* two\n   lines */\n",
    " /* two\r\n lines */ ",
    "\n\n/// documentation\n",
    " ///no space \n",
    "\n//// plain\n\n\n",
  ],
  ...["\n// a\n\n// b\n", " /* a */ /* b */ // c\n"],
];
const tight = /^[.,:()@{}/?|=<>]/;

/** Puts white space and comments between tokens. `comment` is how many in a hundred gaps have one. */
export function spaceOut(tokens: readonly string[], pick: Pick, comment: number): string {
  let text = "";
  for (const [place, token] of tokens.entries()) {
    const before = tokens[place - 1] ?? "";
    if (pick(100) < comment) text += comments[pick(comments.length)];
    else if (place > 0 && (pick(2) === 0 || !(tight.test(token) || tight.test(before.slice(-1))))) {
      text += spaces[pick(spaces.length)];
    }
    text += token;
  }
  return text + (pick(2) === 0 ? "" : "\n\n");
}
