import type { Decision } from "../index.ts";
import type { Behind } from "./behind.ts";
import type { Call } from "./call.ts";
import type { Receipt } from "./stores.ts";

/** Does what the policy asks of those who act on an allow, one after the other. @throws what a handler throws */
export async function doDuties(
  behind: Behind,
  call: Call,
  data: readonly string[],
  duties: Decision["duties"],
  receipt: Receipt,
): Promise<void> {
  const { interaction, operation, subject } = call;
  for (const { name, arguments: args } of duties) {
    const handler = behind.duties.get(name);
    if (handler === undefined) throw new TypeError(`Nothing handles the duty \`${name}\`.`);
    await handler({ subject, arguments: args, interaction, operation, data, receipt });
  }
}
