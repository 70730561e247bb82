import { type FactName, pieceAges, reportedName, type Type, type Value, type World } from "@scruple/model";
import { slot, time, wordSize } from "@scruple/runtime";

/** The numbers that stand for facts and for what they are compared with, each where a condition first asks for it. */
export class FactNumbers {
  private readonly world: World;
  private readonly slots: Map<FactName, number>;
  /** Those behind the built-in ones, in the order of their slots; a further word of a set has no name. */
  readonly slotNames: string[] = [];
  private readonly places = new Map<number, number>();
  private readonly texts = new Map<FactName, Map<string, number>>();

  constructor(world: World) {
    this.world = world;
    this.slots = new Map([
      ["data.age", slot.age],
      [pieceAges.data, slot.first],
      [pieceAges.with, slot.second],
      ["local_time", slot.time],
    ]);
  }

  /** Facts take a slot when the first condition asks for them. */
  slot(fact: FactName): number {
    const known = this.slots.get(fact);
    if (known !== undefined) return known;
    const type = this.type(fact);
    const words = type.kind === "set" ? Math.max(1, Math.ceil(type.values.length / wordSize)) : 1;
    const first = this.takeSlots([reportedName(fact), ...Array<string>(words - 1).fill("")]);
    this.slots.set(fact, first);
    return first;
  }

  private takeSlots(names: readonly string[]): number {
    return slot.declared + this.slotNames.push(...names) - names.length;
  }

  /** Where a fact stands; undefined where no condition asks for it. */
  slotOf(fact: FactName): number | undefined {
    return this.slots.get(fact);
  }

  type(fact: FactName): Type {
    return this.world.facts.get(reportedName(fact)) as Type;
  }

  /** The place of a number among those that conditions compare with. */
  constant(value: number): number {
    const known = this.places.get(value) ?? this.places.size;
    this.places.set(value, known);
    return known;
  }

  /** As the runtime's values.ts makes numbers of what a request says. */
  number(fact: FactName, value: Value): number {
    const type = this.type(fact);
    switch (type.kind) {
      case "bool":
        return value === true ? 1 : 0;
      case "time":
        return time(value);
      case "date":
        return Number((value as string).replaceAll("-", ""));
      case "oneOf":
        return type.values.indexOf(value as string);
      case "text": {
        const texts = this.texts.get(fact) ?? new Map<string, number>();
        this.texts.set(fact, texts);
        const index = texts.get(value as string) ?? texts.size;
        texts.set(value as string, index);
        return index;
      }
      default:
        return value as number;
    }
  }

  /** What nodes compare with, by the numbers that stand in them. */
  constants(): readonly number[] {
    return [...this.places.keys()];
  }

  /** Texts that conditions compare a fact with, by their numbers. */
  textsOf(fact: FactName): readonly string[] {
    return [...(this.texts.get(fact)?.keys() ?? [])];
  }
}
