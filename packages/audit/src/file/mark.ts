import { type KeyObject, sign, verify } from "node:crypto";
import type { Receipt } from "@scruple/runtime/enforce";

/**
 * A receipt that is kept beside a trail. `head`: up to here it was acknowledged; `checkpoint`: up to here entries were
 * removed in order. Who can write to the folder can write these too, unless they are signed.
 */
export type MarkKind = "head" | "checkpoint";

export interface Mark {
  readonly receipt: Receipt;
  /** Ed25519, in base64url; null where nobody signs. */
  readonly signature: string | null;
}

/** Bytes. Of one length, a mark is overwritten in place: that takes no space, so a full disk does not stop it. */
const length = 512;

const pattern =
  /^\{"(head|checkpoint)":\{"index":(-1|0|[1-9]\d{0,14}),"hash":"(sha256:[0-9a-f]{64})"\},"signature":(?:null|"([\w-]{86})")\} *\n$/;

/** @param key an Ed25519 private key, if marks are to be signed */
export function markText(kind: MarkKind, { index, hash }: Receipt, key?: KeyObject): string {
  const signature = key && `"${sign(null, signed(kind, { index, hash }), key).toString("base64url")}"`;
  const text = `{"${kind}":{"index":${index},"hash":"${hash}"},"signature":${signature ?? null}}`;
  return `${text.padEnd(length - 1)}\n`;
}

/** Reads exactly what `markText` writes; null where it is anything else. */
export function readMark(kind: MarkKind, text: string): Mark | null {
  const match = pattern.exec(text);
  if (match === null || match[1] !== kind || text.length !== length) return null;
  return { receipt: { index: Number(match[2]), hash: match[3]! }, signature: match[4] ?? null };
}

/** Whether whoever has the private key to a public one signed a mark. */
export function isSigned(kind: MarkKind, { receipt, signature }: Mark, key: KeyObject): boolean {
  return signature !== null && verify(null, signed(kind, receipt), key, Buffer.from(signature, "base64url"));
}

function signed(kind: MarkKind, { index, hash }: Receipt): Buffer {
  return Buffer.from(`scruple audit ${kind}\n${index}\n${hash}`);
}
