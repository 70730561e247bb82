import type { Check, Site } from "../index.ts";
import type { Behind } from "./behind.ts";

/** @throws TypeError where a name is unknown, or something is missing */
export function prepare({ core }: Behind, site: Site, act: object): Check {
  const [only, ...more] = site.operations;
  const operation = more.length === 0 ? only : undefined;
  // What is no key of a request is told as such.
  const {
    for: purpose = site.purpose,
    on: channel,
    to: recipient,
    at: precision,
    ...rest
  } = act as Record<string, unknown>;
  return core.prepare({ operation, ...rest, interaction: site.name, purpose, channel, recipient, precision });
}
