/** A string in a text, and where it stands, quotes included. */
export interface PlacedString {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The strings that the members of a JSON object are, or are lists of, by the members' names; of text that is JSON. */
export function stringsIn(json: string): ReadonlyMap<string, readonly PlacedString[]> {
  const members = new Map<string, PlacedString[]>();
  let strings: PlacedString[] = [];
  let around = "";
  for (const { index: start, 0: token, 1: colon } of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g)) {
    if (token === "{" || token === "[") around += token;
    else if (token === "}" || token === "]") around = around.slice(0, -1);
    else if (around === "{" || around === "{[") {
      const end = start + token.length - (colon?.length ?? 0);
      const value: string = JSON.parse(json.slice(start, end));
      if (colon === undefined) strings.push({ value, start, end });
      else {
        // Of two members of one name, the last counts.
        strings = [];
        members.set(value, strings);
      }
    }
  }
  return members;
}
