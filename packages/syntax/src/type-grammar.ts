import { ExceptionGrammar } from "./exception-grammar.ts";
import type { RuleOf } from "./parser-base.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { Annotation, Doc, Literal, Member, Name, Range, RangeLiteral, TypeNode } from "./tree.ts";

/** What stands before a declaration, a rule or a member. */
export interface Decoration {
  readonly start: number;
  readonly docs: readonly Doc[];
  readonly annotations: readonly Annotation[];
}

const builtinTypes = ["bool", "text", "time", "date", "duration"] as const;
/** What types begin with that are not lists of values, in the order of the alternatives. */
const typeWords = [...builtinTypes, "int", "set"].map((word) => T.K[word as T.Keyword]);

/** Documentation, annotations, types, and the members of `subject`, `facts` and duties. */
export abstract class TypeGrammar extends ExceptionGrammar {
  /** The annotations before what follows, and the documentation before and between them. */
  readonly decorations: RuleOf<Decoration> = this.define("decorations", (): Decoration => {
    if (!this.RECORDING_PHASE && !this.is(T.At)) {
      const docs = this.docsBefore();
      return { start: docs[0]?.start ?? this.startOffset(), docs, annotations: none };
    }
    const start = this.startOffset();
    const docs: Doc[] = [...this.docsBefore()];
    const annotations: Annotation[] = [];
    this.repeat(0, T.At, () => {
      annotations.push(this.sub(0, this.annotation));
      docs.push(...this.docsBefore());
    });
    return { start: Math.min(start, docs[0]?.start ?? start), docs, annotations };
  });

  /** The `///` lines directly before the next token, whatever comments are among them. */
  private docsBefore(): readonly Doc[] {
    let at = this.atEnd() ? this.all.length - 1 : this.peek(1).index - 1;
    let docs: Doc[] | undefined;
    for (; at >= 0; at -= 1) {
      const token = this.all[at] as SourceToken;
      if (token.type === "doc") {
        docs ??= [];
        docs.push({ kind: "doc", start: token.start, end: token.end, text: token.image.slice(3).replace(/^ /, "") });
      } else if (token.type !== "comment") break;
    }
    return docs?.reverse() ?? none;
  }

  readonly annotation: RuleOf<Annotation> = this.define("annotation", (): Annotation => {
    const { start } = this.take(0, T.At);
    const name = this.takeName(0, "the name of an annotation");
    const args: Literal[] = [];
    const argument = (occurrence: number): void => {
      if (this.RECORDING_PHASE || this.isLiteral()) args.push(this.sub(occurrence, this.literal));
      else this.expected("a literal");
    };
    this.maybe(0, T.LParen, () => {
      const open = this.take(0, T.LParen);
      if (this.RECORDING_PHASE || !this.is(T.RParen)) {
        argument(0);
        this.repeat(0, T.Comma, () => {
          this.consume(0, T.Comma);
          argument(1);
        });
      }
      this.close(0, T.RParen, open, "the annotation");
    });
    return { kind: "annotation", start, end: this.endOffset(), name, args };
  });

  /** `name [?] : type` */
  readonly member: RuleOf<Member> = this.define("member", (): Member => {
    if (!this.RECORDING_PHASE && !this.is(T.At) && !this.isA(T.PlainName)) return this.missingMember();
    const decoration = this.sub(0, this.decorations);
    const name = this.memberName(0, "a name");
    let optional = false;
    this.maybe(0, T.Question, () => {
      this.consume(0, T.Question);
      optional = true;
    });
    const colon = this.expect(0, T.Colon, "`:` and a type");
    const type: TypeNode = colon === null ? this.unknownType() : this.sub(0, this.type);
    return { kind: "member", ...decoration, end: this.endOffset(), name, optional, type };
  });

  /** The name before a colon: plain by its place, so no keyword can be meant. */
  protected memberName(occurrence: number, what: string): Name {
    if (this.RECORDING_PHASE || this.isA(T.PlainName)) return this.nameOf(this.take(occurrence, T.PlainName));
    this.expected(what);
    return { kind: "name", ...this.nothing(), text: "", quoted: false };
  }

  /** Where a member should be and none is, nor anything that belongs to one. */
  private missingMember(): Member {
    const name = this.memberName(0, "a name");
    return {
      kind: "member",
      ...this.nothing(),
      docs: none,
      annotations: none,
      name,
      optional: false,
      type: this.unknownType(),
    };
  }

  private unknownType(): TypeNode {
    const range = this.nothing();
    return { kind: "unknownType", ...range, name: { kind: "name", ...range, text: "", quoted: false } };
  }

  readonly type: RuleOf<TypeNode> = this.define("type", (): TypeNode => {
    const word = this.peek(1);
    this.typeAlternatives ??= [
      ...builtinTypes.map((name) => ({ ALT: () => this.builtinType(name) })),
      { ALT: () => this.sub(0, this.intType) },
      { ALT: () => this.sub(0, this.setType) },
      { ALT: () => this.oneOfType() },
    ];
    if (this.RECORDING_PHASE) return this.firstOf(0, this.typeAlternatives);
    const composed = (this.is(T.K.int) && this.isLiteral(2)) || (this.is(T.K.set) && this.nextIs(2, T.K.of));
    if (!this.isName() && !composed) {
      this.expected("a type such as `bool`, `int` or `a | b`");
      return this.unknownType();
    }
    // A type's word is a value as soon as it is one of several.
    if (word.type === "keyword" && (this.nextIs(2, T.Pipe) || (this.is(T.K.set) && !this.nextIs(2, T.K.of))))
      word.retag(T.Identifier, "name");
    const place = typeWords.indexOf(word.tokenType);
    return this.choose(0, this.typeAlternatives, place === -1 ? typeWords.length : place);
  });
  private typeAlternatives: { ALT: () => TypeNode }[] | undefined;

  private builtinType(name: (typeof builtinTypes)[number]): TypeNode {
    const token = this.take(0, T.K[name]);
    return { kind: "builtinType", start: token.start, end: token.end, name };
  }

  private oneOfType(): TypeNode {
    const values = this.sub(0, this.alternatives);
    const range: Range = { start: values[0]?.start ?? this.endOffset(), end: this.endOffset() };
    const [name] = values;
    if (values.length === 1 && name !== undefined) return { kind: "unknownType", ...range, name };
    return { kind: "oneOfType", ...range, values };
  }

  /** `int` or `int a..b` */
  readonly intType: RuleOf<TypeNode> = this.define("intType", (): TypeNode => {
    const token = this.take(0, T.K.int);
    let range: RangeLiteral | null = null;
    if (this.RECORDING_PHASE) this.option(0, () => this.sub(0, this.range));
    else if (this.isLiteral()) {
      const found = this.sub(0, this.range);
      range = found.kind === "range" ? found : null;
    }
    return { kind: "intType", start: token.start, end: this.endOffset(), range };
  });

  /** `set of a | b` */
  readonly setType: RuleOf<TypeNode> = this.define("setType", (): TypeNode => {
    const token = this.take(0, T.K.set);
    this.consume(0, T.K.of);
    const values = this.sub(1, this.alternatives);
    return { kind: "setType", start: token.start, end: this.endOffset(), values };
  });

  /** `a | b | c` */
  readonly alternatives: RuleOf<Name[]> = this.define("alternatives", (): Name[] => {
    const values = [this.takeName(0, "a value")];
    this.repeat(0, T.Pipe, () => {
      this.consume(0, T.Pipe);
      values.push(this.takeName(1, "a value"));
    });
    return values;
  });
}

const none: readonly never[] = [];
