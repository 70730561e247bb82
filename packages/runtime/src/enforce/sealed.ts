let open: <T>(sealed: Sealed<T>) => T;

/**
 * A value that only a guard opens: in `show`, `minimize` and `act`, as the value of the field that it was sealed for. A
 * repository that hands out nothing else cannot be used without one. Printed, serialised or looked at, it tells its field.
 */
export class Sealed<T, Field extends string = string> {
  readonly field: Field;
  readonly #value: T;

  static {
    open = (sealed) => sealed.#value;
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

/** Seals a value for a field. `dated` goes inside: `seal("bookings.seat", dated(seat, row.updated))`. */
export function seal<T, Field extends string>(field: Field, value: T): Sealed<T, Field> {
  return new Sealed(field, value);
}

/** For guards alone: not exported from the package. @throws TypeError where it was sealed for another field */
export function unseal<T>(sealed: Sealed<T>, field: string): T {
  if (sealed.field !== field)
    throw new TypeError(`What was sealed for \`${sealed.field}\` was loaded as \`${field}\`.`);
  return open(sealed);
}
