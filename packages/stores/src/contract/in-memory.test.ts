import { canonicalEntry, extend, type Kept, origin } from "@scruple/audit";
import { InMemoryAudit, InMemoryLimits, InMemoryPermissions } from "@scruple/runtime/enforce";
import { describe, test } from "vitest";
import { auditContract, limitContract, permissionContract } from "./index.ts";

describe("a permission register in memory", () => {
  const register = new InMemoryPermissions();
  for (const { name, run } of permissionContract(async () => register)) test(name, run);
});

describe("a limit store in memory", () => {
  const limits = new InMemoryLimits();
  for (const { name, run } of limitContract({ open: async () => limits, clock: "requests" })) test(name, run);
});

describe("an audit trail in memory", () => {
  const trail = new InMemoryAudit();
  const readable = {
    start: async () => origin,
    append: (entry: Parameters<typeof trail.append>[0]) => trail.append(entry),
    async *read(): AsyncIterable<Kept> {
      let last = origin;
      for (const entry of trail.entries.map(canonicalEntry)) {
        last = extend(last, entry);
        yield { ...last, entry };
      }
    },
  };
  for (const { name, run } of auditContract(async () => readable)) test(name, run);
});
