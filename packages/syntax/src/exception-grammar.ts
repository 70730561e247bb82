import { ClauseGrammar } from "./clause-grammar.ts";
import { clauseTypes } from "./operation-grammar.ts";
import type { RuleOf } from "./parser-base.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { Clause, Exception, Path, Range } from "./tree.ts";

/** What stands in an exception; after another clause, an exception without braces is over. */
const exceptionTypes = new Set(
  (["with", "for", "on", "to", "at", "when", "unless", "except"] as const).map((word) => T.K[word]),
);

/** What is read of one `except`. */
interface Frame {
  readonly start: number;
  readonly keyword: Range;
  /** The opening brace, null without braces. */
  readonly brace: SourceToken | null;
  readonly exceptions: Exception[];
  /** Where the present exception starts; null where it is left out, because it is nested too deeply. */
  from: number | null;
  data: readonly Path[];
  clauses: Clause[];
}

/**
 * Exceptions. As with expressions, the rules say what the grammar is, and a loop with a stack of its own reads them:
 * exceptions nest as deeply as parentheses do.
 */
export abstract class ExceptionGrammar extends ClauseGrammar {
  readonly exceptClause: RuleOf<Clause> = this.define("exceptClause", (): Clause => {
    if (!this.RECORDING_PHASE) return this.readExceptions();
    this.consume(0, T.K.except);
    this.or(0, [{ ALT: () => this.sub(0, this.exceptionList) }, { ALT: () => this.sub(0, this.exception) }]);
    return nothingYet;
  });

  readonly exceptionList: RuleOf<unknown> = this.define("exceptionList", (): void => {
    this.consume(0, T.LBrace);
    this.sub(0, this.exception);
    this.many(0, () => {
      this.consume(0, T.Pipe);
      this.sub(1, this.exception);
    });
    this.consume(0, T.RBrace);
  });

  readonly exception: RuleOf<unknown> = this.define("exception", (): void => {
    const more = (occurrence: number): void => this.many(occurrence, () => this.sub(occurrence + 1, this.clause));
    const bare = (): void => {
      this.sub(0, this.clause);
      more(0);
    };
    const withData = (): void => {
      this.pathsOf(0, "data");
      more(1);
    };
    this.firstOf(0, [{ ALT: bare }, { ALT: withData }]);
  });

  private readExceptions(): Clause {
    const stack: Frame[] = [];
    let frame = this.openFrame();
    for (;;) {
      if (this.is(T.K.except)) {
        stack.push(frame);
        frame = this.openFrame();
        continue;
      }
      if (this.startsClause(frame)) {
        frame.clauses.push(this.sub(0, this.clause));
        continue;
      }
      if (this.correctClause()) continue;
      this.endException(frame);
      if (frame.brace !== null && this.is(T.Pipe)) {
        this.take(0, T.Pipe);
        this.startException(frame);
        continue;
      }
      const clause = this.closeFrame(frame);
      const outer = stack.pop();
      if (outer === undefined) return clause;
      frame = outer;
      frame.clauses.push(clause);
    }
  }

  private openFrame(): Frame {
    const token = this.take(0, T.K.except);
    const deeper = this.enter(1);
    const brace = deeper && this.is(T.LBrace) ? this.take(0, T.LBrace) : null;
    if (brace !== null) this.exceptionBraces += 1;
    const frame: Frame = {
      start: token.start,
      keyword: this.rangeOf(token),
      brace,
      exceptions: [],
      from: null,
      data: [],
      clauses: [],
    };
    if (deeper) this.startException(frame);
    else this.depth += 1;
    return frame;
  }

  private startException(frame: Frame): void {
    frame.from = this.startOffset();
    frame.clauses = [];
    frame.data = this.startsData() ? this.pathsOf(0, "data") : [];
  }

  private startsData(): boolean {
    return clauseTypes.has(this.peek(1).tokenType) ? this.nextIs(2, T.Comma) : this.isName();
  }

  private startsClause({ brace }: Frame): boolean {
    const { tokenType } = this.peek(1);
    return exceptionTypes.has(tokenType) || (brace !== null && clauseTypes.has(tokenType));
  }

  private endException(frame: Frame): void {
    const end = this.endOffset();
    const { data, clauses } = frame;
    if (frame.from !== null) {
      frame.exceptions.push({ kind: "exception", start: Math.min(frame.from, end), end, data, clauses });
    }
    if (frame.brace !== null) this.refuseInException();
  }

  private closeFrame({ start, keyword, brace, exceptions }: Frame): Clause {
    if (brace !== null) {
      this.close(0, T.RBrace, brace, "the exceptions");
      this.exceptionBraces -= 1;
    }
    this.leave(1);
    return { kind: "except", start, end: this.endOffset(), keyword, exceptions };
  }

  /** Skips to the next `|` or to the closing brace, with a complaint if neither is here. */
  private refuseInException(): void {
    if (this.atEnd() || this.is(T.Pipe) || this.is(T.RBrace) || this.startsRuleOrDeclaration()) return;
    this.expected("`|`, `}` or another part of the exception");
    let braces = 0;
    while (!this.atEnd() && !this.startsRuleOrDeclaration()) {
      if (braces === 0 && (this.is(T.Pipe) || this.is(T.RBrace))) return;
      if (this.is(T.LBrace)) braces += 1;
      else if (this.is(T.RBrace)) braces -= 1;
      this.skip();
    }
  }
}

/** What a rule answers while chevrotain records the grammar. */
const nothingYet: Clause = { kind: "except", start: 0, end: 0, keyword: { start: 0, end: 0 }, exceptions: [] };
