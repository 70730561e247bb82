import type { Site } from "../index.ts";
import type { Behind } from "./behind.ts";
import { readCall } from "./call.ts";
import { foresee, type Piece } from "./deciding.ts";
import { limitsOf } from "./holding.ts";
import { loadersOf, pieceOf, unwrap } from "./loading.ts";
import { proceed } from "./proceeding.ts";
import { type Candidate, type Revealed, reveal, type Withheld } from "./reveal.ts";

/**
 * Discloses fields, each where it is allowed by itself. A loader runs if its field is allowed, or would be at some age that
 * only the loader can tell; then it is decided once more with the date that came.
 *
 * @throws what a loader or a duty throws
 */
export async function show(behind: Behind, site: Site, raw: unknown, load: unknown): Promise<Revealed> {
  const call = readCall(site, "disclose", raw);
  const loaders = loadersOf(load);
  return proceed(behind, call, "show", [...loaders.keys()], (proceeding) => {
    const { decide, deny } = proceeding;
    const candidates: Candidate[] = [];
    const refused: Withheld[] = [];
    for (const [field, loader] of loaders) {
      const piece: Piece = { field, age: call.age };
      const level = levelOf(behind, field, call.level);
      const traced = decide([piece], level);
      const foreseen = foresee({ ...proceeding, decide: (pieces) => decide(pieces, level) }, [piece], traced);
      const denial = foreseen.map(deny).find((one) => one !== undefined);
      if (denial !== undefined) refused.push({ field, traced, denial });
      else
        candidates.push({
          field,
          traced,
          limits: limitsOf(foreseen),
          load: async () => {
            const loaded = await unwrap(loader(), field);
            return { value: loaded.value, decide: () => decide([pieceOf(field, loaded, call, behind.now())], level) };
          },
        });
    }
    return reveal(proceeding, candidates, refused);
  });
}

/** What is asked for, of data that has levels. */
function levelOf({ surface }: Behind, field: string, level: unknown): unknown {
  return typeof level === "string" && surface.levelsOf(field).length === 0 ? null : level;
}
