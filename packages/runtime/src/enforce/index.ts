export type { ActDetails, Done, NotDone, Outcome } from "./act.ts";
export type { DutyHandler, DutyOccasion, Generaliser } from "./behind.ts";
export { Dated, dated } from "./dated.ts";
export { type Denial, PolicyViolation } from "./denial.ts";
export { enforcement } from "./enforcement.ts";
export { InMemoryAudit } from "./in-memory/audit.ts";
export { InMemoryLimits } from "./in-memory/limits.ts";
export { InMemoryPermissions } from "./in-memory/permissions.ts";
export type { ObservedCall, ObservedOutcome, Observer } from "./observer.ts";
export { Sealed, seal } from "./sealed.ts";
export type {
  AuditEntry,
  AuditTrail,
  Consent,
  LimitStore,
  Objection,
  PermissionRegister,
  PermissionStore,
  Permissions,
  Receipt,
  Reserved,
  ReserveRequest,
  Stores,
  Use,
} from "./stores.ts";
export type {
  CallOf,
  Factory,
  GuardOf,
  InMemoryOptions,
  InMemoryWorld,
  InteractionGuard,
  Loader,
  OperationTypes,
  Options,
  PolicyTypes,
  Refused,
  Shown,
} from "./types.ts";
