let everythingHasKeys = false;

/** Looks whether somebody has given every object there is further keys; `keysOf` goes by the last look. */
export function lookAround(): boolean {
  let found = false;
  for (const _ in Object.prototype) found = true;
  everythingHasKeys = found;
  return found;
}

/** The object, to walk its keys; or, where every object has further keys, a copy of its own ones. */
export function keysOf(object: object): Record<string, unknown> {
  return everythingHasKeys ? ownKeys(object) : (object as Record<string, unknown>);
}

/** What the object itself has, in one that inherits nothing. */
export function ownKeys(object: object): Record<string, unknown> {
  return Object.assign(Object.create(null), object);
}

export function isObject(raw: unknown): raw is object {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
