import type { Severity } from "@scruple/syntax";

/** What a project may set. */
export interface CompileOptions {
  /** By code or name of a diagnostic. */
  readonly severity?: Readonly<Record<string, Severity | "off">>;
  /** The smallest group that a lint takes for a crowd; 1000 where it is left out. */
  readonly leastGroupSize?: number;
  /** `YYYY-MM-DD`, for what is overdue; without it nothing is. */
  readonly today?: string;
}
