import type { GeneratedPolicy } from "../policy.mjs";

export type Answer = "allow" | "deny";
export interface Engine {
  readonly decide: (request: object) => Answer | Promise<Answer>;
  readonly prepare?: (requests: readonly object[]) => Promise<void>;
  /** Of those that can say which rules decided. */
  readonly full?: (request: object) => { readonly decision: Answer; readonly rules: readonly string[] };
}
export interface Peer {
  readonly name: string;
  readonly title: string;
  readonly asynchronous?: boolean;
  readonly create: (policy: GeneratedPolicy) => Engine | Promise<Engine>;
}
export const peers: readonly Peer[];
