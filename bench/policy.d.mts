/** A rule with every hierarchy expanded; policy/flatten.mjs describes it. */
export interface FlatPolicy {
  readonly rules: readonly object[];
  readonly limits: readonly object[];
  readonly fields: readonly string[];
  readonly interactions: readonly object[];
}
export interface GeneratedPolicy {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly flat: FlatPolicy;
  readonly requests: (count: number) => readonly object[];
}
export const policyName: string;
export function generatePolicy(options: { rules: number; fileCount?: number; seed?: number }): GeneratedPolicy;
