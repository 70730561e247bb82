import { createPrivateKey, createPublicKey, KeyObject } from "node:crypto";

/** A key in PEM, or as node:crypto has it. */
export type Key = string | KeyObject;

/** @throws TypeError where it is no Ed25519 public key */
export function publicKey(key: Key): KeyObject {
  return checked(key, "public", () => createPublicKey(key as string));
}

/** @throws TypeError where it is no Ed25519 private key */
export function privateKey(key: Key): KeyObject {
  return checked(key, "private", () => createPrivateKey(key as string));
}

function checked(key: Key, kind: "public" | "private", read: () => KeyObject): KeyObject {
  // What reads public keys takes private ones as well; they have no business where models are only verified.
  const isOther = typeof key === "string" && kind === "public" && key.includes("PRIVATE KEY");
  try {
    const object = key instanceof KeyObject ? key : isOther ? null : read();
    if (object?.type === kind && object.asymmetricKeyType === "ed25519") return object;
  } catch {
    // Told below: what node:crypto says of a broken key is of no use to whoever gave it.
  }
  throw new TypeError(`It is no Ed25519 ${kind} key in PEM.`);
}
