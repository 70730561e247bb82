import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { Refused } from "./refused.ts";

const payloadType = "application/vnd.scruple.release+json";

/**
 * Text with a signature over its very bytes, so that nothing of it is interpreted before it is known to come from whom we
 * trust: a DSSE envelope (secure-systems-lab/dsse, version 1), which other tools can read too.
 *
 * @param key an Ed25519 private key
 */
export function seal(text: string, key: KeyObject): string {
  const payload = Buffer.from(text);
  const signature = sign(null, authenticated(payload), key);
  const signatures = [{ keyid: keyId(createPublicKey(key)), sig: signature.toString("base64") }];
  return `${JSON.stringify({ payloadType, payload: payload.toString("base64"), signatures }, null, 2)}\n`;
}

/** The sealed text. @param keys Ed25519 public keys; one of them has to have signed. @throws Refused */
export function unseal(envelope: string, keys: readonly KeyObject[]): string {
  const read = parse(envelope);
  if (read === null) throw new Refused("It is no signed model: `scruple sign` writes one.");
  const payload = Buffer.from(read.payload, "base64");
  const message = authenticated(payload);
  const isGenuine = read.signatures.some((signature) => keys.some((key) => verify(null, message, key, signature)));
  if (!isGenuine)
    throw new Refused("None of the trusted keys has signed it, or it was changed after it had been signed.");
  return payload.toString("utf8");
}

/** Whether a text claims to be what `seal` makes, whoever has signed it. */
export function isSealed(text: string): boolean {
  return parse(text) !== null;
}

/** `sha256:` and 64 hexadecimal digits over the key in DER: how envelopes and messages name it. */
export function keyId(key: KeyObject): string {
  return `sha256:${createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")}`;
}

/** What is signed: type and text, each behind its length, so that neither can be taken for a part of the other. */
function authenticated(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload]);
}

function parse(text: string): { readonly payload: string; readonly signatures: readonly Buffer[] } | null {
  try {
    const { payloadType: type, payload, signatures } = JSON.parse(text);
    if (type !== payloadType || typeof payload !== "string" || !Array.isArray(signatures)) return null;
    return { payload, signatures: signatures.map(({ sig }) => Buffer.from(String(sig), "base64")) };
  } catch {
    return null;
  }
}
