import { StoreError } from "./store-error.ts";

/** Refuses what a later version of this package has written: it may keep what this one would not count. */
export function checkVersion(store: string, found: number, known: number): void {
  if (found <= known) return;
  throw new StoreError(
    `${store} is laid out as version ${found}, and this \`@scruple/stores\` knows versions up to ${known}. Update the package.`,
  );
}
