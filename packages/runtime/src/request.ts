import type { Decision } from "./decision.ts";
import { Fault, keyFault } from "./fault.ts";
import { isObject, keysOf, lookAround } from "./objects.ts";

/** What a request says, each part read once; undefined where it says nothing. Only the id is known to be what it should be. */
export interface Request {
  id: Decision["id"];
  interaction: unknown;
  operation: unknown;
  data: unknown;
  joined: unknown;
  purpose: unknown;
  channel: unknown;
  recipient: unknown;
  precision: unknown;
  subject: unknown;
  facts: unknown;
  consents: unknown;
  objections: unknown;
  /** Its purpose and its channel as numbers, once they have been looked up. */
  purposeNumber: number;
  channelNumber: number;
}

/** One that says nothing. */
export function blankRequest(): Request {
  return {
    id: null,
    interaction: undefined,
    operation: undefined,
    data: undefined,
    joined: undefined,
    purpose: undefined,
    channel: undefined,
    recipient: undefined,
    precision: undefined,
    subject: undefined,
    facts: undefined,
    consents: undefined,
    objections: undefined,
    purposeNumber: 0,
    channelNumber: 0,
  };
}

/** Fills in what a request says, key by key. @throws Fault at what is no request; what was read before stays */
export function readRequest(raw: unknown, to: Request): void {
  lookAround();
  if (!isObject(raw)) throw new Fault("A request is a JSON object.");
  let wrong: string | undefined;
  const source = keysOf(raw);
  for (const key in source) {
    const value = source[key];
    switch (key) {
      case "id":
        if (typeof value === "string" || Number.isFinite(value)) to.id = value as string | number;
        break;
      case "interaction":
        to.interaction = value;
        break;
      case "operation":
        to.operation = value;
        break;
      case "data":
        to.data = value;
        break;
      case "with":
        to.joined = value;
        break;
      case "purpose":
        to.purpose = value;
        break;
      case "channel":
        to.channel = value;
        break;
      case "recipient":
        to.recipient = value;
        break;
      case "precision":
        to.precision = value;
        break;
      case "subject":
        to.subject = value;
        break;
      case "facts":
        to.facts = value;
        break;
      case "consents":
        to.consents = value;
        break;
      case "objections":
        to.objections = value;
        break;
      default:
        wrong ??= key;
    }
  }
  if (wrong !== undefined) throw keyFault(wrong, "a request");
}
