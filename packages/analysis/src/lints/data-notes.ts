import type { Id } from "@scruple/model";
import { remembered } from "../remembered.ts";
import type { DataClass } from "../space/data-classes.ts";
import type { Datum } from "../space/datum.ts";
import type { InteractionPartition } from "../space/interaction-partition.ts";

/** What of some data is derived, and from what. */
export interface Made {
  readonly datum: Datum;
  readonly derived: Id;
  readonly input: Id;
}

/** What selects the disclosure of some data, with one datum of it. */
export interface Disclosure {
  readonly set: number;
  readonly datum: Datum;
}

/** What privacy lints ask of the data of an interaction, class by class; each thing is worked out once. */
export class DataNotes {
  private readonly partition: InteractionPartition;
  private readonly secondary = new Map<Id, Map<DataClass, boolean>>();
  private readonly made = new Map<DataClass, readonly Made[]>();
  private readonly disclosed = new Map<DataClass, readonly Disclosure[]>();
  private readonly sources = new Map<DataClass, boolean>();

  constructor(partition: InteractionPartition) {
    this.partition = partition;
  }

  /** Pairs of which some are of two sources. */
  isOfTwoSources(ofData: DataClass): boolean {
    if (!ofData.isPairs) return false;
    const { fields } = this.partition.world;
    const sourceOf = (field: Id) => fields.get(field)!.source;
    return remembered(this.sources, ofData, () =>
      ofData.data.some(({ field, with: other }) => sourceOf(field) !== sourceOf(other!)),
    );
  }

  /** Whether some of it was collected for other purposes than one. */
  isSecondary(ofData: DataClass, purpose: Id): boolean {
    const byClass = remembered(this.secondary, purpose, () => new Map<DataClass, boolean>());
    return remembered(byClass, ofData, () => ofData.meets(this.partition.ground.secondary(purpose)));
  }
  isSecondaryDatum({ field, with: other }: Datum, purpose: Id): boolean {
    const { ground } = this.partition;
    return ground.isSecondary(field, purpose) || (other !== null && ground.isSecondary(other, purpose));
  }

  /** What of it is derived from what else a request can name. */
  madeIn(ofData: DataClass): readonly Made[] {
    return remembered(this.made, ofData, () => this.derivedIn(ofData).flatMap((datum) => this.madeOf(datum)));
  }
  private derivedIn(ofData: DataClass): readonly Datum[] {
    const { ground } = this.partition;
    const { derived } = ground;
    if (!ofData.meets(derived)) return [];
    const { places } = ofData;
    if (places === null) return ofData.data;
    return places.filter((place) => derived[place] === 1).map((place) => ground.datumOf(place));
  }
  private madeOf(datum: Datum): readonly Made[] {
    const { field, with: other } = datum;
    const pieces = other === null ? [field] : [field, other];
    return pieces.flatMap((derived) =>
      this.partition.ground
        .inputsOf(derived)
        .filter((input) => input !== field && input !== other)
        .map((input) => ({ datum, derived, input })),
    );
  }

  /** What selects the disclosure of data that is asked for alone. */
  disclosuresOf(ofData: DataClass): readonly Disclosure[] {
    return remembered(this.disclosed, ofData, () => {
      const { ground } = this.partition;
      const mask = this.partition.operationSet("disclose");
      const bySet = new Map<number, Datum>();
      for (const place of ofData.places!) {
        const set = this.partition.both(this.partition.placeSet(place), mask);
        if (!bySet.has(set)) bySet.set(set, ground.datumOf(place));
      }
      return Array.from(bySet, ([set, datum]) => ({ set, datum }));
    });
  }
}
