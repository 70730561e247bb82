import type { Decision } from "../index.ts";
import type { Behind } from "./behind.ts";
import type { Call } from "./call.ts";
import { type Denial, refusal } from "./denial.ts";
import type { Receipt } from "./stores.ts";

/** What is in the way of an allow that obliges to what has no handler, as that of a later model may; undefined where nothing is. */
export function unhandled({ duties }: Behind, decision: Decision): Denial | undefined {
  const name = decision.duties.find((duty) => !duties.has(duty.name))?.name;
  if (name === undefined) return undefined;
  const why = `Nothing handles the duty \`${name}\`, which it obliges to: the guard was made without \`duties.${name}\`.`;
  return refusal(decision, "unavailable", why);
}

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
