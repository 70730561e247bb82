import type { LimitStore, PermissionRegister, Stores } from "@scruple/runtime/enforce";
import type { KeptTrail } from "./chained-trail.ts";

/** The stores behind guards, in one place. */
export interface KeptStores extends Stores {
  readonly permissions: PermissionRegister;
  readonly limits: LimitStore;
  readonly audit: KeptTrail;
}

/** What all stores take. */
export interface StoreOptions {
  /** How long the store may take to answer, in milliseconds: 2,000 if left out. What takes longer throws. */
  readonly timeout?: number;
  /** For how long acts and their keys are remembered at least, in seconds: 31 days if left out. */
  readonly memory?: number;
}
