let open: <T>(sealed: Sealed<T>) => T;
let isOwn: (value: object) => boolean;

/** The same in all copies of this package in a process. */
const brand = Symbol.for("scruple.sealed");

/**
 * A value that only a guard opens: in `show`, `minimize` and `act`, as the value of the field that it was sealed for. A
 * repository that hands out nothing else cannot be used without one. Printed, serialised or looked at, it tells its field.
 */
export class Sealed<T, Field extends string = string> {
  readonly [brand] = true;
  readonly field: Field;
  readonly #value: T;

  static {
    open = (sealed) => sealed.#value;
    isOwn = (value) => #value in value;
  }

  constructor(field: Field, value: T) {
    this.field = field;
    this.#value = value;
    Object.freeze(this);
  }

  toString(): string {
    return `[sealed ${this.field}]`;
  }
  toJSON(): string {
    return this.toString();
  }
  [Symbol.toPrimitive](): string {
    return this.toString();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Why a seal was not opened; the message names fields, never values. */
export class SealError extends TypeError {}

/** Seals a value for a field. `dated` goes inside: `seal("bookings.seat", dated(seat, row.updated))`. */
export function seal<T, Field extends string>(field: Field, value: T): Sealed<T, Field> {
  return new Sealed(field, value);
}

export function isSealed(value: unknown): value is Sealed<unknown> {
  return typeof value === "object" && value !== null && (value as Partial<Sealed<unknown>>)[brand] === true;
}

/**
 * For guards alone: not exported from the package.
 *
 * @throws SealError where it was sealed for another field, or by another copy of this package, which alone can open it
 */
export function unseal<T>(sealed: Sealed<T>, field: string): T {
  if (!isOwn(sealed))
    throw new SealError(`\`${field}\` was sealed by another copy of @scruple/runtime than the guard's.`);
  if (sealed.field !== field)
    throw new SealError(`What was sealed for \`${sealed.field}\` was loaded as \`${field}\`.`);
  return open(sealed);
}
