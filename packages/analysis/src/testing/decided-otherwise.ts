import type { BoundLimit, Decision } from "@scruple/model";

/** `widened` and `narrowed`; of what is bound otherwise, in which direction; null where nothing is otherwise. */
export type Otherwise = "widened" | "narrowed" | "looser" | "tighter" | "otherwise";

/** What two decisions of one request differ in. */
export function decidedOtherwise(from: Decision, to: Decision): Otherwise | null {
  if (from.decision !== to.decision) return to.decision === "allow" ? "widened" : "narrowed";
  const [isLooser, isTighter] = [shed(from, to, goesOn), shed(to, from, () => true)];
  if (isLooser && isTighter) return "otherwise";
  return isLooser ? "looser" : isTighter ? "tighter" : null;
}

type InPlaceOf = (another: BoundLimit, limit: BoundLimit) => boolean;

/** Whether one is bound to something that the other is not, or not so tightly. */
function shed(one: Decision, other: Decision, stands: InPlaceOf): boolean {
  const duties = other.duties.map((duty) => JSON.stringify(duty));
  const isHeld = (limit: BoundLimit) =>
    other.limits.some((another) => another.rule === limit.rule && holds(another, limit) && stands(another, limit));
  return one.duties.some((duty) => !duties.includes(JSON.stringify(duty))) || !one.limits.every(isHeld);
}

/** A limit that takes the place of one knows what was spent of that, where it counts the same. */
function goesOn(now: BoundLimit, before: BoundLimit): boolean {
  return now.by === before.by;
}

/** Whether what stays within one limit stays within another, which is no tighter in anything. */
function holds(one: BoundLimit, other: BoundLimit): boolean {
  const isLooser = one.count > other.count || one.per < other.per;
  return !isLooser && !(one.by === "subject+channel" && other.by === "subject");
}
