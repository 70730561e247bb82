/** What this needs of the platform's own cryptography, which Node, browsers and workers have alike. */
interface Crypto {
  randomUUID(): string;
  getRandomValues(bytes: Uint8Array): Uint8Array;
  readonly subtle: {
    digest(name: "SHA-256", data: Uint8Array): Promise<ArrayBuffer>;
    importKey(format: "raw", key: Uint8Array, how: object, extractable: boolean, uses: string[]): Promise<unknown>;
    sign(name: "HMAC", key: unknown, data: Uint8Array): Promise<ArrayBuffer>;
  };
}

/** Looked into when it is needed: Node makes its cryptography when somebody first asks for it, which takes longer than all of this. */
const platform = globalThis as unknown as {
  readonly crypto: Crypto;
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
};
const bytesOf = (text: string) => new platform.TextEncoder().encode(text);

/** A key for an act that nobody will repeat. */
export function randomKey(): string {
  return platform.crypto.randomUUID();
}

export async function sha256(text: string): Promise<string> {
  return `sha256:${hexadecimal(await platform.crypto.subtle.digest("SHA-256", bytesOf(text)))}`;
}

/**
 * What `pseudonym` of `@scruple/audit` makes, under a key that exists as long as this function does. A trail written with it tells
 * the acts of one person in one process from those of others, and nobody can tell whose they are.
 */
export function passingPseudonym(): (text: string) => Promise<string> {
  let made: ReturnType<typeof pseudonymUnder> | undefined;
  return (name) => {
    made ??= pseudonymUnder(platform.crypto.getRandomValues(new Uint8Array(32)));
    return made(name);
  };
}

/** @returns `hmac:`, which key it was made with, and 64 hexadecimal digits: HMAC-SHA-256 of the name */
export function pseudonymUnder(key: Uint8Array): (name: string) => Promise<string> {
  const { subtle } = platform.crypto;
  let imported: Promise<unknown> | undefined;
  const mac = async (text: string) => {
    imported ??= subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return hexadecimal(await subtle.sign("HMAC", await imported, bytesOf(text)));
  };
  let which: Promise<string> | undefined;
  return async (name) => {
    // Names come behind a prefix, so that none of them gives what stands for the key.
    which ??= mac("key").then((digits) => digits.slice(0, 8));
    return `hmac:${await which}:${await mac(`name:${name}`)}`;
  };
}

function hexadecimal(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
