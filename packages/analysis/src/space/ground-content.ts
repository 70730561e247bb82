import { canonical, type Model, type Rule } from "@scruple/model";

/** What a ground follows from: of models that have the same, the ground is the same. */
export class GroundContent {
  private readonly policy: string;
  private readonly parts: readonly (readonly object[])[];

  constructor(model: Model) {
    this.policy = policyOf(model);
    this.parts = partsOf(model);
  }

  /** Whether it is that of another model too: only interactions, promises and tests differ, or where things stand. */
  isOf(model: Model): boolean {
    if (this.policy !== policyOf(model)) return false;
    return partsOf(model).every((list, index) => {
      const own = this.parts[index]!;
      return (
        own.length === list.length && list.every((one, i) => one === own[i] || contentOf(one) === contentOf(own[i]!))
      );
    });
  }
}

/** What items say, wherever they stand. Policies that use the same vocabulary share its items, so that each is written once for all. */
const contents = new WeakMap<object, string>();

function contentOf(item: object): string {
  const content = contents.get(item) ?? canonical(item);
  contents.set(item, content);
  return content;
}

function policyOf({ policy, uses }: Model): string {
  return [policy, ...uses].join(" ");
}

function partsOf(model: Model): readonly (readonly object[])[] {
  const outside: readonly Rule[] = model.rules.filter(({ interaction }) => interaction === null);
  return [
    ...[model.categories, model.sources, model.purposes, model.recipients, model.channels],
    ...[model.subject, model.facts, model.conditions, model.duties, outside],
  ];
}
