import {
  type Basis,
  type DataRef,
  type DutyCall,
  type Exception,
  type Expr,
  type Id,
  lastPart,
  type Model,
  type Rule,
  type Selector,
} from "@scruple/model";

/** What an id can be of. Two of different kinds may be the same text. */
export type IdKind =
  | "category"
  | "source"
  | "field"
  | "purpose"
  | "recipient"
  | "channel"
  | "condition"
  | "duty"
  | "interaction";

/** Another id for one of a kind; what is called as it was comes back as it is. */
export type Name = (kind: IdKind, id: Id) => Id;

/** The parts of a model under other names, which stand where the model's structure has them: a text that looks like a name is none. */
export function renaming(name: Name) {
  const all = (kind: IdKind, ids: readonly Id[]) => ids.map((id) => name(kind, id));
  const some = (kind: IdKind, ids: readonly Id[] | null) => ids && all(kind, ids);
  const one = (kind: IdKind, id: Id | null) => id && name(kind, id);
  const ref = <R extends DataRef>(data: R): R => ("id" in data ? { ...data, id: name(data.kind, data.id) } : data);

  const expr = (said: Expr): Expr => {
    switch (said.op) {
      case "and":
      case "or":
        return { ...said, operands: said.operands.map(expr) };
      case "not":
        return { ...said, operand: expr(said.operand) };
      case "condition":
        return { ...said, condition: name("condition", said.condition) };
      case "consent":
      case "objection":
        return { ...said, purpose: one("purpose", said.purpose) };
      default:
        return said;
    }
  };
  const selector = <S extends Selector & Pick<Exception, "when" | "unless">>(said: S): S => ({
    ...said,
    data: said.data?.map(ref) ?? null,
    with: said.with?.map(ref) ?? null,
    purposes: some("purpose", said.purposes),
    channels: some("channel", said.channels),
    recipients: some("recipient", said.recipients),
    when: said.when && expr(said.when),
    unless: said.unless && expr(said.unless),
  });
  const exception = (said: Exception): Exception => ({
    ...selector(said),
    exceptions: said.exceptions.map(exception),
  });
  const basis = (said: Basis): Basis => ({ ...said, purpose: one("purpose", said.purpose) });
  const dutyCall = ({ duty, name: called, ...rest }: DutyCall): DutyCall => {
    const id = name("duty", duty);
    return { ...rest, duty: id, name: called === duty ? id : lastPart(id) };
  };

  return {
    category: (said: Model["categories"][number]) => ({
      ...said,
      id: name("category", said.id),
      within: all("category", said.within),
    }),
    source: (said: Model["sources"][number]) => ({
      ...said,
      id: name("source", said.id),
      derivedFrom: said.derivedFrom.map(ref),
      collectedFor: all("purpose", said.collectedFor),
      consentFor: one("purpose", said.consentFor),
      keep: said.keep && { ...said.keep, exceptFor: all("purpose", said.keep.exceptFor) },
      fields: said.fields.map((field) => ({
        ...field,
        id: name("field", field.id),
        categories: all("category", field.categories),
      })),
    }),
    purpose: (said: Model["purposes"][number]) => ({
      ...said,
      id: name("purpose", said.id),
      within: all("purpose", said.within),
    }),
    recipient: (said: Model["recipients"][number]) => ({
      ...said,
      id: name("recipient", said.id),
      within: one("recipient", said.within),
    }),
    channel: (said: Model["channels"][number]) => ({
      ...said,
      id: name("channel", said.id),
      within: all("channel", said.within),
      reaches: all("recipient", said.reaches),
      quiet: said.quiet && { ...said.quiet, exceptFor: all("purpose", said.quiet.exceptFor) },
    }),
    condition: (said: Model["conditions"][number]) => ({
      ...said,
      id: name("condition", said.id),
      expr: expr(said.expr),
    }),
    duty: (said: Model["duties"][number]) => ({ ...said, id: name("duty", said.id) }),
    interaction: (said: Model["interactions"][number]) => {
      const id = name("interaction", said.id);
      return {
        ...said,
        id,
        name: lastPart(id),
        purposes: all("purpose", said.purposes),
        channels: all("channel", said.channels),
      };
    },
    rule: (said: Rule): Rule => {
      const interaction = one("interaction", said.interaction);
      return {
        ...selector(said),
        data: said.data.map(ref),
        interaction,
        // The paths of an interaction's rules begin with its name.
        path:
          said.interaction === null || interaction === null
            ? said.path
            : lastPart(interaction) + said.path.slice(lastPart(said.interaction).length),
        basis: said.basis && basis(said.basis),
        duties: said.duties.map(dutyCall),
        exceptions: said.exceptions.map(exception),
      };
    },
    promise: (said: Model["promises"][number]) => ({
      ...said,
      lines: said.lines.map((line) => ({ ...selector(line), data: line.data.map(ref) })),
    }),
  };
}

/** The model with other names wherever they stand. Its lists stay in the order that they are in. */
export function namedOtherwise(model: Model, name: Name): Model {
  const parts = renaming(name);
  return {
    ...model,
    categories: model.categories.map(parts.category),
    sources: model.sources.map(parts.source),
    purposes: model.purposes.map(parts.purpose),
    recipients: model.recipients.map(parts.recipient),
    channels: model.channels.map(parts.channel),
    conditions: model.conditions.map(parts.condition),
    duties: model.duties.map(parts.duty),
    interactions: model.interactions.map(parts.interaction),
    rules: model.rules.map(parts.rule),
    promises: model.promises.map(parts.promise),
  };
}
