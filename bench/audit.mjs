import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { canonicalEntry, FileTrail, verifyTrail } from "@scruple/audit";

/** An entry as an act with a limit and a duty leaves it. */
const entry = {
  at: "2026-11-22T04:00:00.000Z",
  policy: "shop.customers",
  model: `sha256:${"ab".repeat(32)}`,
  interaction: "offer_email",
  operation: "use",
  data: ["orders.purchases"],
  with: null,
  purpose: "direct_marketing",
  channel: "email",
  recipient: null,
  precision: null,
  subject: `hmac:5f1c09ab:${"cd".repeat(32)}`,
  act: `hmac:5f1c09ab:${"ef".repeat(32)}`,
  decision: "allow",
  rules: ["offer_email.deals"],
  basis: ["consent for direct_marketing"],
  conditions: { "offer_email.deals": "true" },
  missing: [],
  duties: ["record_contact"],
  limits: ["offer_email.enough"],
  outcome: "done",
  errors: 0,
};

/**
 * Appends to a trail in files, by callers who each wait for one append before they ask for the next, beside what the disk
 * does for one who writes the same text and waits for `fdatasync`; and verification.
 *
 * @param {{ callers: number[], seconds: number }} options `seconds`: that each number of callers appends
 */
export async function benchAudit({ callers, seconds }, log = console.error) {
  const folder = await mkdtemp(join(tmpdir(), "scruple-bench-audit-"));
  try {
    log("audit trail: a bare write with fdatasync");
    const bare = await bareWrites(join(folder, "bare"), seconds);
    const appends = [];
    for (const count of callers) {
      log(`audit trail: ${count} callers`);
      appends.push({ callers: count, ...(await measured(folder, count, seconds)) });
    }
    log("audit trail: verification");
    const before = process.cpuUsage();
    const { entries, breaches } = await verifyTrail(join(folder, "trail"));
    if (breaches.length > 0) throw new Error(`The trail does not verify: ${breaches[0].message}`);
    return {
      bareWritesPerSecond: bare,
      appends: appends.map((one) => ({ ...one, ratioToBareWrites: one.perSecond / bare })),
      verification: { entries, cpuMicrosecondsEach: cpuSince(before) / entries },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bareWrites(path, seconds) {
  const line = Buffer.from(`${canonicalEntry(entry)}\n`);
  const file = await open(path, "a");
  const start = performance.now();
  let writes = 0;
  for (; performance.now() - start < 1000 * seconds; writes++) {
    await file.write(line);
    await file.datasync();
  }
  const perSecond = (1000 * writes) / (performance.now() - start);
  await file.close();
  return perSecond;
}

async function measured(folder, callers, seconds) {
  const trail = await FileTrail.open({ folder: join(folder, "trail") });
  const waits = [];
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const end = start + 1000 * seconds;
  const caller = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      await trail.append(entry);
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const elapsed = performance.now() - start;
  const cpuMicrosecondsEach = cpuSince(cpu) / waits.length;
  await trail.close();
  waits.sort((a, b) => a - b);
  const at = (share) => waits[Math.floor(share * (waits.length - 1))];
  return { perSecond: (1000 * waits.length) / elapsed, cpuMicrosecondsEach, median: at(0.5), p99: at(0.99) };
}

function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { bareWritesPerSecond, appends, verification } = await benchAudit({ callers: [1, 10, 100, 1000], seconds: 3 });
  const rounded = (value) => Number(value.toPrecision(3));
  console.log(`a bare write with fdatasync: ${rounded(bareWritesPerSecond)} a second`);
  console.table(
    appends.map((one) => Object.fromEntries(Object.entries(one).map(([name, value]) => [name, rounded(value)]))),
  );
  console.log(
    `verification: ${rounded(verification.cpuMicrosecondsEach)} µs of CPU an entry, over ${verification.entries} entries`,
  );
}
