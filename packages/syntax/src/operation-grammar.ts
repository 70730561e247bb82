import { misspeltKeyword } from "./diagnostics/index.ts";
import { ExpressionGrammar } from "./expression-grammar.ts";
import { nearest } from "./nearest.ts";
import type { RuleOf } from "./parser-base.ts";
import { isNamePrefix } from "./retag.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { Operation, OperationWord } from "./tree.ts";

const operationWords = ["collect", "infer", "combine", "use", "disclose", "process"] as const;
export const operationTypes = new Set(operationWords.map((word) => T.K[word]));
export const clauseTypes = new Set(T.clauseWords.map((word) => T.K[word]));

/** Operations, and what is said of words that are none of those which may stand in their place. */
export abstract class OperationGrammar extends ExpressionGrammar {
  /** `use, disclose`: at least one. */
  readonly operations: RuleOf<OperationWord[]> = this.define("operations", (): OperationWord[] => {
    const operations = [this.sub(0, this.operation)];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      operations.push(this.sub(1, this.operation));
    });
    return operations;
  });

  readonly operation: RuleOf<OperationWord> = this.define("operation", (): OperationWord => {
    const token = this.peek(1);
    if (!this.RECORDING_PHASE && !operationTypes.has(token.tokenType)) return this.unknownOperation();
    this.operationAlternatives ??= operationWords.map((word) => ({ ALT: () => this.consume(0, T.K[word]) }));
    this.choose(0, this.operationAlternatives, operationWords.indexOf(token.image as Operation));
    return { kind: "operation", start: token.start, end: token.end, word: token.image as Operation };
  });
  private operationAlternatives: { ALT: () => unknown }[] | undefined;

  private unknownOperation(): OperationWord {
    const token = this.peek(1);
    // A word is the data unless it is a name before a colon, and then the name of the next rule.
    const isNext = isNamePrefix(this.peek(3), this.peek(4)) && !this.nextIs(3, T.Dot);
    const goesOn = this.nextIs(2, T.Comma) || (this.isA(T.Word, 2) && !isNext);
    if (this.isName() && !clauseTypes.has(token.tokenType) && goesOn) {
      this.skip();
      const suggestion = nearest(token.image, operationWords);
      this.unknown("operation", token, operationWords.map((word) => `\`${word}\``).join(", "), suggestion);
      return { kind: "operation", start: token.start, end: token.end, word: (suggestion ?? "") as Operation | "" };
    }
    this.expected("an operation such as `use`");
    return { kind: "operation", ...this.nothing(), word: "" };
  }

  /** Makes a keyword of a misspelt one and reports it, unless it is spelt right, and a dot or a colon made a name of it. */
  protected correct(token: SourceToken, meant: keyof typeof T.K): void {
    const range = this.rangeOf(token);
    if (!this.muted && token.image !== meant) {
      this.findings.push(
        misspeltKeyword.at(range, [token.image, meant], {
          fixes: [{ title: `Write \`${meant}\``, edits: [{ ...range, text: meant }] }],
        }),
      );
    }
    token.retag(T.K[meant], "keyword");
  }
}
