/** One thing that a store has to do. Any test runner will do: `for (const { name, run } of cases) test(name, run)`. */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** A name that no other case has used. */
export function fresh(what: string): string {
  names += 1;
  return `${what}-${process.pid.toString(36)}-${names}`;
}
let names = 0;
