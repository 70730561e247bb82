export { assertKept, auditContract, exampleEntry, retentionContract } from "./audit-contract.ts";
export type { ContractCase } from "./contract-case.ts";
export { type LimitHarness, limitContract } from "./limit-contract.ts";
export { permissionContract } from "./permission-contract.ts";
