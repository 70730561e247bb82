import type { KeyObject } from "node:crypto";
import type { Model } from "@scruple/model";
import { checkModel } from "./check-model.ts";
import { seal, unseal } from "./envelope.ts";
import { guardOf } from "./guard-of.ts";
import { Refused } from "./refused.ts";
import { isTime } from "./sound-clock.ts";

/** A model that somebody stands for. */
export interface Release {
  readonly model: Model;
  /** Of the model. */
  readonly hash: string;
  /** When it was signed, in UTC to the millisecond: `2026-11-22T04:00:00.000Z`. Later ones replace earlier ones, never the other way. */
  readonly signed: string;
  /** From when on it allows nothing; null where it holds until another replaces it. */
  readonly expires: string | null;
}

/** More text than this is refused unread; a policy of 10,000 rules takes some twenty million. */
const longest = 200_000_000;
/** Two machines' clocks may differ by so many milliseconds. */
const clockSkew = 300_000;

/**
 * A built model with a signature, as `scruple sign` writes it.
 *
 * @param built the text of a `.model.json` file
 * @throws Refused where no guard would take it, TypeError where the key is none
 */
export function signRelease(
  built: string,
  key: KeyObject,
  { signed, expires = null }: { readonly signed: Date; readonly expires?: Date | null },
): string {
  const value = parse(built.replace(/^\ufeff/, ""));
  guardOf(checkModel(value).model);
  if (expires !== null && expires <= signed) throw new Refused("It would have expired before it is signed.");
  const release = {
    format: "scruple.release",
    version: 1,
    signed: signed.toISOString(),
    expires: expires?.toISOString() ?? null,
    model: value,
  };
  return seal(JSON.stringify(release), key);
}

export interface Verification {
  /** Any of them may have signed: so that a new one can come before the old one goes. */
  readonly keys: readonly KeyObject[];
  /** Null: whichever it is. */
  readonly policy: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The release in a signed model. Nothing of it is looked at before its signature. @throws Refused */
export function verifyRelease(text: string, { keys, policy, now }: Verification): Release {
  if (text.length > longest) throw new Refused("It is too long to be a model.");
  const value = parse(unseal(text, keys)) as Record<string, unknown> | null;
  if (value === null || typeof value !== "object" || value.format !== "scruple.release" || value.version !== 1)
    throw new Refused("It is no signed model of this version.");
  if (!isTime(now)) throw new Refused("The clock is broken: it does not say how late it is.");
  const { signed, expires } = value;
  if (!isMoment(signed) || !(expires === null || isMoment(expires)))
    throw new Refused("It does not say when it was signed.");
  if (Date.parse(signed) > now + clockSkew)
    throw new Refused(`It was signed at ${signed}, which is still to come: one of the clocks is wrong.`);
  if (expires !== null && Date.parse(expires) <= now) throw new Refused(`It has expired at ${expires}.`);
  const { model, hash } = checkModel(value.model);
  if (policy !== null && model.policy !== policy)
    throw new Refused(`It is of the policy \`${model.policy}\`, and this guard of \`${policy}\`.`);
  return { model, hash, signed, expires };
}

/** Whether a text is a moment as `Date` writes it: then texts compare as moments do. */
export function isMoment(text: unknown): text is string {
  if (typeof text !== "string" || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString() === text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("It is not JSON.");
  }
}
