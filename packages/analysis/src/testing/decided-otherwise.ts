import type { BoundLimit, Decision } from "@scruple/model";

/** `widened` and `narrowed`; of what is bound otherwise, in which direction; null where nothing is otherwise. */
export type Otherwise = "widened" | "narrowed" | "looser" | "tighter" | "otherwise";

/** What two decisions of one request differ in. */
export function decidedOtherwise(from: Decision, to: Decision): Otherwise | null {
  if (from.decision !== to.decision) return to.decision === "allow" ? "widened" : "narrowed";
  const [isLooser, isTighter] = [shed(from, to), shed(to, from)];
  if (isLooser && isTighter) return "otherwise";
  return isLooser ? "looser" : isTighter ? "tighter" : null;
}

/** Whether one is bound to something that the other is not, or not so tightly. */
function shed(one: Decision, other: Decision): boolean {
  const duties = other.duties.map((duty) => JSON.stringify(duty));
  return (
    one.duties.some((duty) => !duties.includes(JSON.stringify(duty))) ||
    one.limits.some((limit) => !other.limits.some((another) => another.rule === limit.rule && holds(another, limit)))
  );
}

/** Whether what stays within one limit stays within another, which is no tighter in anything. */
function holds(one: BoundLimit, other: BoundLimit): boolean {
  const isLooser = one.count > other.count || one.per < other.per;
  return !isLooser && !(one.by === "subject+channel" && other.by === "subject");
}
