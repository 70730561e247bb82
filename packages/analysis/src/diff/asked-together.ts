import {
  basisCondition,
  type Exception,
  type Expr,
  type Id,
  impliedDenials,
  type Operation,
  operations,
  plainAct,
  type Reading,
  type Rule,
  selectedFields,
  selectsChannel,
  selectsOperation,
  selectsPurpose,
  type World,
} from "@scruple/model";
import { type Mention, mentionsOfAll } from "../personal.ts";
import { once, remembered } from "../remembered.ts";

/** A consent or an objection that rules ask for, and to which purpose. */
export interface Permission {
  readonly kind: Exclude<Mention["kind"], "outbound">;
  readonly purpose: Id;
}

type Asked = Mention & Pick<Permission, "kind">;

/** What each of two models asks where both may allow something: in one interaction for one purpose on one channel. */
export interface AskedTogether {
  readonly channel: Id;
  readonly asked: readonly [readonly Permission[], readonly Permission[]];
}

/**
 * Nothing where the first model asks for nothing.
 *
 * @param isMeant Which permissions it is about, on a channel; asked anew each time
 */
export function* askedTogether(
  worlds: readonly [World, World],
  isMeant: (permission: Permission, channel: Id) => boolean,
): Generator<AskedTogether> {
  const [before, after] = worlds.map((world) => new Asking(world, isMeant)) as [Asking, Asking];
  for (const interaction of worlds[0].interactions.keys()) {
    const [ours, theirs] = [before.boundsOf(interaction), after.boundsOf(interaction)];
    for (const channel of ours.channels) {
      if (!theirs.channels.includes(channel)) continue;
      for (const purpose of ours.purposes) {
        if (!theirs.purposes.includes(purpose)) continue;
        const asked = before.permissions(interaction, purpose, channel);
        if (asked === null || asked.length === 0) continue;
        const others = after.permissions(interaction, purpose, channel);
        if (others !== null) yield { channel, asked: [asked, others] };
      }
    }
  }
}

/** A rule, as far as it matters whether it asks for something of what another one allows. */
interface Speaking {
  readonly allows: boolean;
  readonly operations: readonly Operation[];
  readonly fields: () => ReadonlySet<Id>;
  readonly mentions: readonly Asked[];
  selects(purpose: Id, channel: Id): boolean;
}

class Asking {
  private readonly world: World;
  private readonly isMeant: (permission: Permission, channel: Id) => boolean;
  private readonly rules = new Map<Id | null, Speaking[]>();
  /** Those that bear on all interactions, by purpose and channel. */
  private readonly others = new Map<string, readonly Speaking[]>();

  constructor(world: World, isMeant: Asking["isMeant"]) {
    this.world = world;
    this.isMeant = isMeant;
    for (const rule of world.model.rules) this.add(rule.interaction, spokenBy(world, rule));
    for (const { kind, condition, selectsField } of impliedDenials(world)) {
      if (kind !== "consent") continue;
      const mentions = mentionsIn(world, [condition(plainAct)]);
      const fields = once(() => new Set([...world.fields.keys()].filter((id) => selectsField(id, "use"))));
      this.add(null, { allows: false, operations, fields, mentions, selects: () => true });
    }
  }
  private add(interaction: Id | null, rule: Speaking): void {
    const list = this.rules.get(interaction);
    if (list === undefined) this.rules.set(interaction, [rule]);
    else list.push(rule);
  }

  boundsOf(interaction: Id): { readonly purposes: readonly Id[]; readonly channels: readonly Id[] } {
    const { world } = this;
    const declared = world.interactions.get(interaction);
    if (declared === undefined) return { purposes: [], channels: [] };
    const named = (all: ReadonlyMap<string, Id>, isIn: (id: Id) => boolean) => [...new Set(all.values())].filter(isIn);
    return {
      purposes: named(world.names.purposes, (id) => selectsPurpose(world, declared.purposes, id, "narrow")),
      channels: named(world.names.channels, (id) => selectsChannel(world, declared.channels, id, "narrow")),
    };
  }

  /** What is asked for of what may be allowed; null where nothing is. */
  permissions(interaction: Id, purpose: Id, channel: Id): readonly Permission[] | null {
    const selecting = (id: Id | null) => (this.rules.get(id) ?? []).filter((rule) => rule.selects(purpose, channel));
    const others = remembered(this.others, `${purpose} ${channel}`, () => selecting(null));
    const here = [...selecting(interaction), ...others];
    const allows = here.filter((rule) => rule.allows);
    if (allows.length === 0) return null;
    return here.flatMap((rule) => {
      const meant = rule.mentions
        .map((one) => ({ kind: one.kind, purpose: one.purpose ?? purpose }))
        .filter((one) => this.isMeant(one, channel));
      return meant.length > 0 && (rule.allows || allows.some((allow) => meet(rule, allow))) ? meant : [];
    });
  }
}

function meet(one: Speaking, other: Speaking): boolean {
  if (!one.operations.some((operation) => other.operations.includes(operation))) return false;
  const fields = one.fields();
  for (const field of other.fields()) if (fields.has(field)) return true;
  return false;
}

function spokenBy(world: World, rule: Rule): Speaking {
  const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
  return {
    allows: rule.effect === "allow",
    operations: operations.filter((operation) => selectsOperation(rule.operations, operation, reading)),
    fields: once(() => {
      const lists = rule.with === null ? [rule.data] : [rule.data, rule.with];
      const selected = lists.map((refs) => selectedFields(world, refs, reading));
      return new Set(selected.flatMap(({ direct, derived }) => [...direct, ...derived]));
    }),
    mentions: mentionsIn(world, [...conditionsIn(rule), ...basisCondition(rule.basis)]),
    selects: (purpose, channel) =>
      selectsPurpose(world, rule.purposes, purpose, reading) && selectsChannel(world, rule.channels, channel, reading),
  };
}

function mentionsIn(world: World, conditions: readonly Expr[]): readonly Asked[] {
  const isAsked = (one: Mention): one is Asked => one.kind !== "outbound";
  return [...mentionsOfAll(world, conditions).values()].filter(isAsked);
}

/** Of a rule with all its exceptions. */
function conditionsIn({ when, unless, exceptions }: Pick<Exception, "when" | "unless" | "exceptions">): Expr[] {
  return [when, unless].filter((one) => one !== null).concat(exceptions.flatMap(conditionsIn));
}
