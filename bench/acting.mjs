import { benchActs } from "./acting/acts.mjs";
import { benchMinimized } from "./acting/minimized.mjs";
import { benchPrepared } from "./acting/prepared.mjs";

/** Guards as applications call them: prepared checks, profiles that are minimised, and acts on each store. */
export async function benchActing({ rounds, patience }, log) {
  log("prepared checks");
  const prepared = await benchPrepared({ rounds });
  log("a profile of 50 fields");
  const minimized = await benchMinimized({ rounds, patience });
  const acts = await benchActs({ seconds: patience / 1000, callers: 16 }, log);
  return { prepared, minimized, acts };
}
