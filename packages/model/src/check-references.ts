import { checkExpression, conditionsIn, isValue } from "./check-expression.ts";
import { Contradiction } from "./contradiction.ts";
import { byKey, type Declared, declaredIn, named } from "./declared.ts";
import { hierarchy } from "./hierarchy.ts";
import { lastPart, policyOf } from "./ids.ts";
import type {
  DataRef,
  DutyCall,
  Exception,
  Id,
  Interaction,
  Model,
  Position,
  Rule,
  Selector,
  Source,
} from "./model.ts";
import { isDate } from "./values.ts";

/**
 * Sees that all that a model names is declared in it, once, and used as what it is, which its schema cannot tell: a denial of
 * what there is not denies nothing. A level alone may be any, since a shared guardrail may name those of who uses it. What is
 * within what, and sources derived from each other, `indexModel` follows.
 *
 * @param model of the shape that its schema describes
 * @throws Contradiction, or Error where conditions name each other in a circle
 */
export function checkReferences(model: Model): void {
  const declared = declaredIn(model);
  const check = new Checker(model, declared);
  for (const list of ["categories", "purposes", "recipients", "duties", "subject", "facts"] as const)
    each<{ readonly at: Position }>(model[list], `#/${list}`, (item, at) => check.position(item.at, at));
  each(model.categories, "#/categories", ({ within }, at) => check.names("category", within, `${at}/within`));
  each(model.purposes, "#/purposes", ({ within }, at) => check.names("purpose", within, `${at}/within`));
  each(model.recipients, "#/recipients", ({ within }, at) => check.names("recipient", one(within), `${at}/within`));
  each(model.sources, "#/sources", (source, at) => check.source(source, at));
  each(model.channels, "#/channels", ({ within, reaches, quiet, at: position }, at) => {
    check.position(position, at);
    check.names("channel", within, `${at}/within`);
    check.names("recipient", reaches, `${at}/reaches`);
    check.names("purpose", quiet?.exceptFor ?? [], `${at}/quiet/exceptFor`);
  });
  each(model.conditions, "#/conditions", ({ expr, at: position }, at) => {
    check.position(position, at);
    checkExpression(expr, declared, `${at}/expr`);
  });
  hierarchy(model.conditions.map(({ id, expr }) => ({ id, within: conditionsIn(expr) })));
  each(model.duties, "#/duties", ({ parameters }, at) => byKey(parameters, `${at}/parameters`, ({ name }) => name));
  each(model.interactions, "#/interactions", (interaction, at) => check.interaction(interaction, at));
  each(model.rules, "#/rules", (rule, at) => check.rule(rule, at));
  each(model.promises, "#/promises", ({ lines, at: position }, at) => {
    check.position(position, at);
    each(lines, `${at}/lines`, (line, place) => check.selection(line, place));
  });
}

/** What a rule, an exception and a line of a promise have in common. */
type Selection = Selector & Pick<Exception, "when" | "unless" | "at">;

class Checker {
  readonly #model: Model;
  readonly #declared: Declared;

  constructor(model: Model, declared: Declared) {
    this.#model = model;
    this.#declared = declared;
  }

  names(kind: keyof Declared, ids: readonly Id[] | null, at: string): void {
    each(ids ?? [], at, (id, place) => named(this.#declared[kind], id, place));
  }

  data(refs: readonly DataRef[] | null, at: string): void {
    each(refs ?? [], at, (ref, place) => {
      if ("id" in ref) named(this.#declared[ref.kind], ref.id, place);
    });
  }

  position({ file }: Position, at: string): void {
    if (file >= this.#model.files.length) throw new Contradiction(`${at}/at/file`, "is no file of the model");
  }

  source(source: Source, at: string): void {
    this.position(source.at, at);
    this.data(source.derivedFrom, `${at}/derivedFrom`);
    this.names("purpose", source.collectedFor, `${at}/collectedFor`);
    this.names("purpose", one(source.consentFor), `${at}/consentFor`);
    this.names("purpose", source.keep?.exceptFor ?? [], `${at}/keep/exceptFor`);
    each(source.fields, `${at}/fields`, (field, place) => {
      this.position(field.at, place);
      if (policyOf(field.id) !== source.id) throw new Contradiction(`${place}/id`, "is of another source");
      this.names("category", field.categories, `${place}/categories`);
    });
  }

  interaction({ id, name, until, purposes, channels, at: position }: Interaction, at: string): void {
    this.position(position, at);
    if (id !== `${this.#model.policy}.${name}`) throw new Contradiction(`${at}/id`, "is not what its name says");
    checkDate(until, `${at}/until`);
    this.names("purpose", purposes, `${at}/purposes`);
    this.names("channel", channels, `${at}/channels`);
  }

  rule(rule: Rule, at: string): void {
    const { policy, interaction, basis, duties, until } = rule;
    const within = interaction === null ? null : named(this.#declared.interaction, interaction, `${at}/interaction`);
    const isOwn = policy === this.#model.policy;
    const prefix = `${isOwn ? "" : `${policy}/`}${within === null ? "" : `${within.name}.`}`;
    if (!rule.path.startsWith(prefix) || !/^#?[^\s./#]+$/.test(rule.path.slice(prefix.length)))
      throw new Contradiction(`${at}/path`, "is not that of a rule that stands there");
    if (!isOwn && (within !== null || rule.effect === "allow"))
      throw new Contradiction(at, "is a rule of another policy, and those bring nothing but denials");
    this.selection(rule, at);
    this.names("purpose", one(basis?.purpose ?? null), `${at}/basis/purpose`);
    each(duties, `${at}/duties`, (call, place) => this.#duty(call, place));
    checkDate(until, `${at}/until`);
    this.#exceptions(rule.exceptions, `${at}/exceptions`);
  }

  selection(selection: Selection, at: string): void {
    this.position(selection.at, at);
    this.data(selection.data, `${at}/data`);
    this.data(selection.with, `${at}/with`);
    this.names("purpose", selection.purposes, `${at}/purposes`);
    this.names("channel", selection.channels, `${at}/channels`);
    this.names("recipient", selection.recipients, `${at}/recipients`);
    for (const part of ["when", "unless"] as const) {
      const expr = selection[part];
      if (expr !== null) checkExpression(expr, this.#declared, `${at}/${part}`);
    }
  }

  #exceptions(exceptions: readonly Exception[], at: string): void {
    each(exceptions, at, (exception, place) => {
      this.selection(exception, place);
      this.#exceptions(exception.exceptions, `${place}/exceptions`);
    });
  }

  #duty({ duty: id, name, arguments: given }: DutyCall, at: string): void {
    const { parameters } = named(this.#declared.duty, id, `${at}/duty`);
    if (name !== (policyOf(id) === this.#model.policy ? lastPart(id) : id))
      throw new Contradiction(`${at}/name`, "is not that of the duty");
    const isGiven = parameters.every(
      ({ name, type }) => Object.hasOwn(given, name) && isValue(type, given[name] as never),
    );
    if (!isGiven || Object.keys(given).length !== parameters.length)
      throw new Contradiction(`${at}/arguments`, "are not those that the duty takes");
  }
}

function checkDate(date: string | null, at: string): void {
  if (date !== null && !isDate(date)) throw new Contradiction(at, "is no date");
}

function one(id: Id | null): readonly Id[] {
  return id === null ? [] : [id];
}

function each<T>(items: readonly T[], at: string, look: (item: T, at: string) => void): void {
  for (const [index, item] of items.entries()) look(item, `${at}/${index}`);
}
