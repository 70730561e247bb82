import type { TokenType } from "chevrotain";
import { missingPolicy, policyNotFirst, unmatched } from "./diagnostics/index.ts";
import { meantItem } from "./nearest.ts";
import { declarationStarts, declarationWords, type RuleOf } from "./parser-base.ts";
import { TestGrammar } from "./test-grammar.ts";
import * as T from "./token-types.ts";
import type { Declaration, PolicyHeader, SourceFile } from "./tree.ts";

/** Where each word stands among the alternatives; a rule is the last of them. */
const declarationPlaces: ReadonlyMap<TokenType, number> = new Map(
  declarationWords.map((word, place) => [T.K[word], place]),
);

/** The whole grammar. */
export class Grammar extends TestGrammar {
  /** Parsing needs no knowledge of the whole grammar; to describe it, or to look for flaws in it, takes some time. */
  constructor(purpose: "parse" | "describe" | "validate" = "parse") {
    super(purpose === "validate");
    if (purpose === "parse") this.skipSelfAnalysis();
    else this.performSelfAnalysis();
  }

  readonly declaration: RuleOf<PolicyHeader | Declaration | null> = this.define(
    "declaration",
    (): PolicyHeader | Declaration | null => {
      this.muted = false;
      this.decoration = this.sub(0, this.decorations);
      if (!this.RECORDING_PHASE && !declarationStarts.has(this.peek(1).tokenType) && !this.startsRule()) {
        this.refuseItem();
        return null;
      }
      this.declarationAlternatives ??= [
        { ALT: () => this.sub(0, this.policyHeader) },
        { ALT: () => this.sub(0, this.useDeclaration) },
        { ALT: () => this.sub(0, this.category) },
        { ALT: () => this.sub(0, this.source) },
        { ALT: () => this.sub(0, this.purpose) },
        { ALT: () => this.sub(0, this.recipient) },
        { ALT: () => this.sub(0, this.channel) },
        { ALT: () => this.sub(0, this.subject) },
        { ALT: () => this.sub(0, this.facts) },
        { ALT: () => this.sub(0, this.condition) },
        { ALT: () => this.sub(0, this.duty) },
        { ALT: () => this.sub(0, this.interaction) },
        { ALT: () => this.sub(0, this.promise) },
        { ALT: () => this.sub(0, this.test) },
        { ALT: () => this.sub(0, this.rule) },
      ];
      const place = declarationPlaces.get(this.peek(1).tokenType) ?? declarationWords.length;
      const found = this.choose(0, this.declarationAlternatives, place);
      this.muted = false;
      return found;
    },
  );
  private declarationAlternatives: { ALT: () => PolicyHeader | Declaration }[] | undefined;

  readonly file: RuleOf<SourceFile> = this.define("file", (): SourceFile => {
    let policy: PolicyHeader | null = null;
    const declarations: Declaration[] = [];
    const one = (): void => {
      const found = this.sub(0, this.declaration);
      if (found === null || this.RECORDING_PHASE) return;
      if (found.kind !== "policy") declarations.push(found);
      else if (policy === null && declarations.length === 0) policy = found;
      else {
        this.findings.push(policyNotFirst.at({ start: found.name.start, end: found.end }, []));
        policy ??= found;
      }
    };
    if (this.RECORDING_PHASE) this.many(0, one);
    while (!this.RECORDING_PHASE && !this.atEnd()) one();
    if (policy === null) this.findings.push(missingPolicy.at({ start: 0, end: 0 }, []));
    return { kind: "file", start: 0, end: this.text.length, policy, declarations };
  });

  /** At the top of a file, where nothing begins: corrects a misspelt word, or skips to where something does begin. */
  private refuseItem(): void {
    const token = this.peek(1);
    if (
      token.tokenType === T.Identifier &&
      (this.isA(T.Word, 2) || this.peek(2).type === "string" || this.nextIs(2, T.LBrace))
    ) {
      const meant = meantItem(token.image, [...declarationWords, "allow", "deny"]);
      if (meant !== null) {
        this.correct(token, meant);
        return;
      }
    }
    if (this.is(T.RBrace) || this.is(T.RParen)) this.complain(() => unmatched.at(this.rangeOf(token), [token.image]));
    else this.expectedItem("a declaration such as `source`, or a rule");
    let braces = 0;
    while (!this.atEnd()) {
      if (this.is(T.LBrace)) braces += 1;
      else if (this.is(T.RBrace)) braces = Math.max(0, braces - 1);
      this.skip();
      if (this.startsRuleOrDeclaration() && (braces === 0 || declarationStarts.has(this.peek(1).tokenType))) return;
    }
  }
}
