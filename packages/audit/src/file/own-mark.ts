import { createPublicKey, type KeyObject } from "node:crypto";
import type { Receipt } from "@scruple/runtime/enforce";
import { isSigned, type MarkKind, readMark } from "./mark.ts";
import { brokenTrail } from "./trail-end.ts";
import { checkpointName, headName } from "./trail-folder.ts";

/**
 * The receipt in a mark that whoever writes to a trail goes on from.
 *
 * @param signWith the key of the trail, where its marks are signed
 * @throws TrailError where it is none, or somebody else's
 */
export function ownMark(folder: string, kind: MarkKind, text: string, signWith: KeyObject | undefined): Receipt {
  const name = kind === "head" ? headName : checkpointName;
  const mark = readMark(kind, text);
  if (mark === null) throw brokenTrail(folder, `\`${name}\` cannot be read.`);
  if (signWith !== undefined && !isSigned(kind, mark, createPublicKey(signWith))) {
    throw brokenTrail(folder, `\`${name}\` is not signed with the key of this trail.`);
  }
  return mark.receipt;
}
