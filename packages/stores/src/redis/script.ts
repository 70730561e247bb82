import { createHash } from "node:crypto";
import { asStoreError } from "../shared/store-error.ts";
import { within } from "../shared/within.ts";
import type { RedisClient } from "./client.ts";

/** A script that Redis runs as one, with nothing in between. */
export type Script = (
  client: RedisClient,
  timeout: number,
  keys: string[],
  args: readonly string[],
) => Promise<unknown>;

/** A script by its text, which is sent where the server does not have it yet. */
export function script(text: string): Script {
  const sha1 = createHash("sha1").update(text).digest("hex");
  return async (client, timeout, keys, args) => {
    try {
      return await within(timeout, "Redis", async (signal) => {
        const patient = client.withAbortSignal?.(signal) ?? client;
        const options = { keys, arguments: [...args] };
        try {
          return await patient.evalSha(sha1, options);
        } catch (error) {
          if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
          return await patient.eval(text, options);
        }
      });
    } catch (error) {
      throw asStoreError("Redis failed", error);
    }
  };
}

/** @throws TypeError where a script has answered something else than a list of texts */
export function texts(answer: unknown): readonly string[] {
  if (Array.isArray(answer) && answer.every((one) => typeof one === "string")) return answer;
  throw new TypeError("Redis answered something else than its script does.");
}
