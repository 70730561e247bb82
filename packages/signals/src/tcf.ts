import { PurposeRestriction, RestrictionType, type TCModel, TCString } from "@iabtechlabtcf/core";
import { type Id, type Model, nearest, overlapping } from "@scruple/model";
import type { Permissions } from "@scruple/runtime/enforce";
import { type Purposes, purposesOf } from "./purposes.ts";
import { saysDisclosed, vendorsNamed } from "./tcf-size.ts";

export interface TcfOptions {
  /** Who asks: the number of a vendor on the Global Vendor List, or the publisher, for whom strings have a part of their own. */
  readonly reader: number | "publisher";
  /** Where consents count. Somebody who agreed to a banner on a page did not agree to letters. */
  readonly channels: readonly string[];
  /** How long an answer holds, in seconds. 13 months of 30 days if left out: the framework has people asked again by then. */
  readonly longest?: number;
}

const day = 86_400;
/** No browser sends as much in a header. */
const mostText = 65_536;
/** No more vendors than this are looked at; the list has about a thousand. */
const mostVendors = 400_000;
/**
 * From this version of the framework's policies on, a string has to say which vendors somebody was told of; and from this day
 * on by any version, while strings of before remain valid as they are.
 */
const toldSince = { policies: 5, day: Date.UTC(2026, 2, 1) };
/** The purposes that legitimate interest may carry; since version 2.2 of the framework it carries no profile and no personal advert. */
const carriedByInterest = new Set([2, 7, 8, 9, 10, 11]);

/** What a string says to one reader. */
interface Said {
  consents(purpose: number): boolean;
  /** That legitimate interest was made known, and not objected to. */
  interest(purpose: number): boolean;
}
const nothing: Said = { consents: () => false, interest: () => false };

/**
 * Reads TC strings of the IAB Transparency and Consent Framework, through the `@tcf` of purposes.
 *
 * A purpose has consent where all of its numbers have. It is objected to where legitimate interest is not established for
 * one of its numbers, which is how the framework writes an objection; not, however, where the person consents and no rule of
 * the policy counts on legitimate interest for that purpose. What a string does not say, a string that is malformed or
 * too old, one for many services at once, one that has to say who was disclosed and does not, and none at all establish
 * nothing.
 *
 * @returns takes a string and the moment in milliseconds
 * @throws Error where an option makes no sense for the model
 */
export function tcfReader(
  model: Model,
  { reader, longest = 13 * 30 * day, ...options }: TcfOptions,
): (text: string | null | undefined, now?: number) => Permissions {
  if (reader !== "publisher" && !(Number.isInteger(reader) && reader > 0))
    throw new Error("`reader` is the number of a vendor, or `publisher`.");
  const purposes = purposesOf(model);
  const channels = [...options.channels];
  const known = purposes.world.names.channels;
  for (const name of channels) {
    if (!known.has(name)) throw new Error(`There is no channel \`${name}\`.${nearest(name, known.keys())}`);
  }
  const numbers = [...purposes.annotated("tcf")].flatMap(([id, args]): [Id, readonly number[]][] =>
    args.some(isPurpose) ? [[id, args.map((one) => (isPurpose(one) ? Number(one) : Number.NaN))]] : [],
  );
  const relied = countingOnInterest(model, purposes);

  return (text, now = Date.now()) => {
    const { consents, interest } = said(text, reader, now, longest * 1_000);
    const consented = numbers.filter(([, all]) => all.every(consents)).map(([id]) => id);
    const objected = numbers
      .filter(
        ([id, all]) =>
          !all.filter((one) => !Number.isNaN(one)).every(interest) && !(consented.includes(id) && !relied.has(id)),
      )
      .map(([id]) => id);
    return {
      consents: purposes.consented(consented).flatMap((purpose) => channels.map((channel) => ({ purpose, channel }))),
      objections: purposes.objected(objected).map((purpose) => ({ purpose, channel: "any" })),
    };
  };
}

/** A purpose of the framework; the numbers of special purposes and features have letters before them. */
function isPurpose(value: unknown): boolean {
  return Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= 11;
}

/** The purposes that an allow on a basis reaches which an objection undoes. */
function countingOnInterest(model: Model, { world }: Purposes): ReadonlySet<Id> {
  const rules = model.rules.filter(
    ({ basis }) => basis?.kind === "legitimate_interest" || basis?.kind === "public_task",
  );
  const named = rules.flatMap(
    ({ purposes, interaction }) =>
      purposes ?? world.interactions.get(interaction ?? "")?.purposes ?? world.purposes.order,
  );
  return overlapping(world.purposes, named);
}

function said(text: string | null | undefined, reader: TcfOptions["reader"], now: number, longest: number): Said {
  const { model, isTelling } = decode(text);
  // Strings for many services at once have not been allowed since 2021.
  if (model === null || Number(model.version) !== 2 || !model.isServiceSpecific) return nothing;
  const age = now - model.lastUpdated.getTime();
  // Clocks of browsers are not always right.
  if (!(age > -day * 1_000 && age <= longest)) return nothing;
  const hasToTell = Number(model.policyVersion) >= toldSince.policies || model.lastUpdated.getTime() >= toldSince.day;
  if (hasToTell && !isTelling) return nothing;
  if (reader === "publisher") {
    return {
      consents: (purpose) => model.publisherConsents.has(purpose),
      interest: (purpose) => carriedByInterest.has(purpose) && model.publisherLegitimateInterests.has(purpose),
    };
  }
  if (isTelling && !model.vendorsDisclosed.has(reader)) return nothing;
  const restricted = (purpose: number, ...types: readonly RestrictionType[]) =>
    types.some((type) =>
      model.publisherRestrictions.getVendors(new PurposeRestriction(purpose, type)).includes(reader),
    );
  const { NOT_ALLOWED, REQUIRE_CONSENT, REQUIRE_LI } = RestrictionType;
  return {
    consents: (purpose) =>
      model.purposeConsents.has(purpose) &&
      model.vendorConsents.has(reader) &&
      !restricted(purpose, NOT_ALLOWED, REQUIRE_LI),
    interest: (purpose) =>
      carriedByInterest.has(purpose) &&
      model.purposeLegitimateInterests.has(purpose) &&
      model.vendorLegitimateInterests.has(reader) &&
      !restricted(purpose, NOT_ALLOWED, REQUIRE_CONSENT),
  };
}

function decode(text: string | null | undefined): { readonly model: TCModel | null; readonly isTelling: boolean } {
  try {
    if (typeof text === "string" && text.length <= mostText && vendorsNamed(text) <= mostVendors)
      return { model: TCString.decode(text), isTelling: saysDisclosed(text) };
  } catch {
    // It is none.
  }
  return { model: null, isTelling: false };
}
