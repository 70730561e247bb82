import type { TokenType } from "chevrotain";
import { chainedComparison, noCalls } from "./diagnostics/index.ts";
import { nestingLimit, type RuleOf } from "./parser-base.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { CompareOperator, Expr, Literal, Missing, Path, RangeLiteral, Ref, SetLiteral } from "./tree.ts";
import { ValueGrammar } from "./value-grammar.ts";

/** What is read of one pair of parentheses, or of the expression that is in none. */
interface Frame {
  /** The opening parenthesis, null at the outermost. */
  readonly open: SourceToken | null;
  readonly start: number;
  /** The operands of `or` that are complete. */
  readonly ors: Expr[];
  /** The operands of the present `and` that are complete. */
  ands: Expr[];
  /** Where the `not`s before the present operand start. */
  nots: number[];
  /** The left side of a comparison, once its operator has been read. */
  compared: { readonly left: Expr; readonly operator: SourceToken } | null;
}

/**
 * Expressions. The rules from `expression` down to `parenthesized` say what the grammar is; what reads expressions is
 * `readExpression`, a loop with a stack of its own, because 256 parentheses through six rules each would leave little
 * of the machine's. A test derives sentences from the rules and has them read.
 */
export abstract class ExpressionGrammar extends ValueGrammar {
  protected expressionOf(occurrence: number, what: string): Expr {
    this.what = what;
    return this.sub(occurrence, this.expression);
  }

  readonly expression: RuleOf<Expr> = this.define("expression", (): Expr => {
    if (!this.RECORDING_PHASE) return this.readExpression();
    this.sub(0, this.conjunction);
    this.many(0, () => {
      this.consume(0, T.K.or);
      this.sub(1, this.conjunction);
    });
    return nowhere;
  });

  readonly conjunction: RuleOf<Expr> = this.define("conjunction", (): Expr => {
    this.sub(0, this.negation);
    this.many(0, () => {
      this.consume(0, T.K.and);
      this.sub(1, this.negation);
    });
    return nowhere;
  });

  readonly negation: RuleOf<Expr> = this.define("negation", (): Expr => {
    this.many(0, () => this.consume(0, T.K.not));
    this.sub(0, this.comparison);
    return nowhere;
  });

  readonly comparison: RuleOf<Expr> = this.define("comparison", (): Expr => {
    this.sub(0, this.atom);
    this.option(0, () => {
      this.or(0, [
        {
          ALT: () => {
            this.consume(0, T.Comparator);
            this.sub(1, this.atom);
          },
        },
        { ALT: () => this.membership(nowhere) },
      ]);
    });
    return nowhere;
  });

  /** An atom other than one in parentheses. */
  readonly atom: RuleOf<Expr> = this.define("atom", (): Expr => {
    if (!this.RECORDING_PHASE) {
      if (this.is(T.K.explicit) && !this.nextIs(2, T.K.consent)) this.peek(1).retag(T.Identifier, "name");
      if (!this.startsAtom()) return this.missing(this.what);
    }
    this.atoms ??= [
      { ALT: () => this.literalOrRange() },
      { ALT: () => this.sub(0, this.set) },
      { ALT: () => this.sub(0, this.consentTest) },
      { ALT: () => this.sub(0, this.objectionTest) },
      { ALT: () => this.sub(0, this.reference) },
      { ALT: () => this.sub(0, this.parenthesized) },
    ];
    return this.choose(0, this.atoms, this.atomHere());
  });
  private atoms: { ALT: () => Expr }[] | undefined;

  readonly parenthesized: RuleOf<Expr> = this.define("parenthesized", (): Expr => {
    this.consume(0, T.LParen);
    this.sub(0, this.expression);
    this.consume(0, T.RParen);
    return nowhere;
  });

  // ------------------------------------------------------------------------------------------------------------ reading

  private readExpression(): Expr {
    const stack: Frame[] = [];
    let frame = newFrame(null, this.startOffset());
    for (;;) {
      while (frame.compared === null && this.is(T.K.not) && this.depth + frame.nots.length <= nestingLimit) {
        frame.nots.push(this.take(0, T.K.not).start);
        this.what = "a condition";
      }
      if (this.depth + frame.nots.length > nestingLimit) {
        this.enter(frame.nots.length);
      } else if (this.is(T.LParen)) {
        const open = this.take(0, T.LParen);
        this.what = "a condition";
        if (this.enter(frame.nots.length + 1)) {
          stack.push(frame);
          frame = newFrame(open, open.start);
          continue;
        }
      }
      let value = this.muted ? this.missing("") : this.sub(0, this.atom);
      for (;;) {
        const result = this.afterOperand(frame, value);
        if (result === null) break;
        if (frame.open === null) return result;
        this.close(0, T.RParen, frame.open, "the parenthesis");
        value = { kind: "paren", start: frame.start, end: this.endOffset(), inner: result };
        frame = stack.pop() as Frame;
        this.leave(frame.nots.length + 1);
      }
    }
  }

  /** Puts an operand in its place. Null if another one is to come; else what the frame holds altogether. */
  private afterOperand(frame: Frame, value: Expr): Expr | null {
    let operand = value;
    if (frame.compared !== null) {
      operand = this.compare(frame.compared, value);
      frame.compared = null;
      this.refuseChain();
    } else if (this.isA(T.Comparator)) {
      frame.compared = { left: operand, operator: this.take(0, T.Comparator) };
      this.what = "a value";
      return null;
    } else if (this.is(T.K.in)) {
      operand = this.membership(operand);
      this.refuseChain();
    }
    for (const start of frame.nots.reverse()) operand = { kind: "not", start, end: this.endOffset(), operand };
    frame.nots = [];
    frame.ands.push(operand);
    if (this.is(T.K.and)) {
      this.consume(0, T.K.and);
      this.what = "a condition";
      return null;
    }
    frame.ors.push(this.join("and", frame.ands));
    frame.ands = [];
    if (this.is(T.K.or)) {
      this.consume(0, T.K.or);
      this.what = "a condition";
      return null;
    }
    return this.join("or", frame.ors);
  }

  private join(kind: "and" | "or", operands: readonly Expr[]): Expr {
    const first = operands[0] as Expr;
    return operands.length === 1 ? first : { kind, start: first.start, end: this.endOffset(), operands };
  }

  private compare({ left, operator }: NonNullable<Frame["compared"]>, right: Expr): Expr {
    return {
      kind: "compare",
      start: left.start,
      end: this.endOffset(),
      operator: operators.get(operator.tokenType) ?? "=",
      operatorRange: this.rangeOf(operator),
      left,
      right,
    };
  }

  private membership(left: Expr): Expr {
    this.consume(0, T.K.in);
    const right = this.either<SetLiteral | RangeLiteral | Missing>(
      1,
      this.is(T.LBrace),
      () => this.sub(0, this.set),
      () => this.sub(0, this.range),
    );
    return { kind: "in", start: left.start, end: this.endOffset(), left, right };
  }

  /** `a < b < c`: the first comparison stands, the rest is left out. */
  private refuseChain(): void {
    while (this.isA(T.Comparator) || this.is(T.K.in)) {
      const { start, tokenType } = this.skip();
      this.what = "a value";
      if (tokenType === T.K.in && this.is(T.LBrace)) this.sub(0, this.set);
      else if (this.startsAtom() && !this.is(T.LParen)) this.sub(2, this.atom);
      this.findings.push(chainedComparison.at({ start, end: this.endOffset() }, []));
    }
  }

  /** Which of `atoms` stands here. */
  private atomHere(): number {
    const { tokenType } = this.peek(1);
    if (this.isLiteral()) return 0;
    if (tokenType === T.LBrace) return 1;
    if (tokenType === T.K.consent || tokenType === T.K.explicit) return 2;
    return tokenType === T.K.objection ? 3 : 4;
  }

  private startsAtom(): boolean {
    const { tokenType, type } = this.peek(1);
    if (type === "name" || this.isLiteral() || tokenType === T.LBrace || tokenType === T.LParen) return true;
    if (tokenType === T.K.consent || tokenType === T.K.objection || tokenType === T.K.explicit) return true;
    return (
      this.isName() && tokenType !== T.K.and && tokenType !== T.K.or && tokenType !== T.K.in && tokenType !== T.K.not
    );
  }

  private literalOrRange(): Expr {
    const from = this.sub(0, this.literal);
    let to: Literal | Missing | undefined;
    this.maybe(0, T.DotDot, () => {
      this.consume(0, T.DotDot);
      to = this.bound(1);
    });
    return to === undefined ? from : { kind: "range", start: from.start, end: this.endOffset(), from, to };
  }

  /** `[explicit] consent [for P]` */
  readonly consentTest: RuleOf<Expr> = this.define("consentTest", (): Expr => {
    const start = this.startOffset();
    let explicit = false;
    this.maybe(0, T.K.explicit, () => {
      this.consume(0, T.K.explicit);
      explicit = true;
    });
    this.consume(0, T.K.consent);
    const purpose = this.purposeOf();
    return { kind: "consent", start, end: this.endOffset(), explicit, purpose };
  });

  readonly objectionTest: RuleOf<Expr> = this.define("objectionTest", (): Expr => {
    const start = this.startOffset();
    this.consume(0, T.K.objection);
    const purpose = this.purposeOf();
    return { kind: "objection", start, end: this.endOffset(), purpose };
  });

  /** `[for P]` */
  protected purposeOf(): Path | null {
    let purpose: Path | null = null;
    this.maybe(9, T.K.for, () => {
      this.consume(9, T.K.for);
      purpose = this.pathOf(9, "a purpose");
    });
    return purpose;
  }

  /** `a.b.c`, or `a.b.contains(value)`. */
  readonly reference: RuleOf<Expr> = this.define("reference", (): Expr => {
    const path = this.sub(0, this.path);
    let result: Expr = this.refTo(path);
    this.maybe(0, T.LParen, () => {
      const open = this.take(0, T.LParen);
      const value = this.operandOf(1, "a value");
      this.close(0, T.RParen, open, "the parenthesis");
      if (!this.RECORDING_PHASE) result = this.callOf(path, value, open);
    });
    return result;
  });

  private callOf(path: Path, value: Literal | Ref | Missing, open: SourceToken): Expr {
    const range = { start: path.start, end: this.endOffset() };
    const parts = path.parts.slice(0, -1);
    const [first] = parts;
    const called = path.parts.at(-1);
    if (first === undefined || called?.text !== "contains") {
      const name = called?.text ?? "";
      if (!this.muted) this.findings.push(noCalls.at({ start: path.start, end: open.start }, [name]));
      return { kind: "missing", ...range };
    }
    const end = parts.at(-1)?.end ?? first.end;
    return {
      kind: "contains",
      ...range,
      receiver: this.refTo({ kind: "path", start: first.start, end, parts }),
      value,
    };
  }
}

const operators: ReadonlyMap<TokenType, CompareOperator> = new Map([
  [T.Equal, "="],
  [T.NotEqual, "!="],
  [T.Less, "<"],
  [T.LessEqual, "<="],
  [T.Greater, ">"],
  [T.GreaterEqual, ">="],
]);

/** What a rule answers while chevrotain records the grammar. */
const nowhere: Missing = { kind: "missing", start: 0, end: 0 };

function newFrame(open: SourceToken | null, start: number): Frame {
  return { open, start, ors: [], ands: [], nots: [], compared: null };
}
