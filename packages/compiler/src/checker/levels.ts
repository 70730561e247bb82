import type { Name } from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import { replaceFix, spell } from "../binder/spelling.ts";
import { unknownLevel } from "../diagnostics/unknown-level.ts";
import type { Checking, Place } from "./checking.ts";

/** Sees that some category has the level. */
export function checkLevel(checking: Checking, place: Place, level: Name): boolean {
  if (level.text === "") return false;
  const { levels } = checking;
  if (levels.has(level.text)) return true;
  const near = nearest(level.text, levels);
  const fixes = near === null ? [] : [replaceFix(level, spell(near))];
  checking.findings.add(place.unit, unknownLevel.at(level, [level.text, near], { fixes }));
  return false;
}
