import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knowMe } from "../fixtures/know-me.ts";
import { emitJavaScript } from "./emit-javascript.ts";

const root = join(import.meta.dirname, "../../../..");

/** What the TypeScript compiler says of an application that calls the guard. */
function typecheck(application: string): string {
  const { fileName, declarations } = emitJavaScript(knowMe());
  const folder = mkdtempSync(join(tmpdir(), "scruple-types-"));
  try {
    writeFileSync(join(folder, fileName.replace(/\.js$/, ".d.ts")), declarations);
    writeFileSync(join(folder, "application.ts"), application);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2022",
      types: [],
      allowImportingTsExtensions: true,
      paths: { "@scruple/runtime": [join(root, "packages/runtime/src/index.ts")] },
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["application.ts"] }));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a request with the policy's names compiles, and any other does not", () => {
  const application = `
    import { decide, policy, type Request } from "./airline.know_me.guard.js";
    const request: Request = {
      interaction: "offer", operation: "use", purpose: "marketing", channel: "sms",
      data: ["bookings.email", { field: "airline.know_me.bookings.seat", age: "12 days" }],
      subject: { age: 34, region: "eu", tags: ["gold"], "first-name": "Ada" },
      facts: { local_time: "09:30", today: null },
      consents: [{ purpose: "any", channel: "sms", explicit: true }],
    };
    const rules: readonly string[] = decide(request).rules;
    const name: string = policy.name;
    decide({ ...request, operation: "combine", with: "bookings.home", precision: "city" });
    // @ts-expect-error an interaction that nobody declared
    decide({ ...request, interaction: "offers" });
    // @ts-expect-error a field that nobody declared
    decide({ ...request, data: "bookings.emial" });
    // @ts-expect-error a value that the region cannot have
    decide({ ...request, subject: { region: "us" } });
    // @ts-expect-error a fact of the wrong type
    decide({ ...request, facts: { local_time: 930 } });
    // @ts-expect-error what the data is joined with is missing
    decide({ ...request, operation: "combine" });
    // @ts-expect-error a key that no request has
    const wrong: Request = { ...request, surprise: 1 };
    // @ts-expect-error decisions do not change
    decide(request).decision = "allow";
  `;
  expect(typecheck(application)).toBe("");
});
