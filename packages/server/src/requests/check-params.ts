import { ErrorCodes, ResponseError } from "vscode-languageserver";

/** The members of a request's parameters without which it cannot be answered; with a `?`, those that may be left out. */
export type Needs = Readonly<Record<string, Shape | `${Shape}?`>>;
type Shape = keyof typeof isWellFormed;

/**
 * Sees that a request says what it is about, so that whoever answers it can rely on that.
 *
 * @throws ResponseError
 */
export function checkParams(params: unknown, needs: Needs): void {
  const given = isRecord(params) ? params : {};
  for (const [member, need] of Object.entries(needs)) {
    if (need.endsWith("?") && given[member] === undefined) continue;
    if (!isWellFormed[need.replace("?", "") as Shape](given[member]))
      throw new ResponseError(ErrorCodes.InvalidParams, `The request has no proper \`${member}\`.`);
  }
}

const isWellFormed = {
  text: isText,
  object: isRecord,
  list: Array.isArray,
  document: (value: unknown) => isRecord(value) && isText(value.uri),
  position: isPosition,
  positions: (value: unknown) => isListOf(value, isPosition),
  range: isRange,
  actionContext: (value: unknown) =>
    isRecord(value) &&
    isListOf(value.diagnostics, (one) => isRecord(one) && isRange(one.range)) &&
    (value.only === undefined || isListOf(value.only, isText)),
  item: (value: unknown) => isRecord(value) && "data" in value,
  results: (value: unknown) => isListOf(value, (one) => isRecord(one) && isText(one.uri) && isText(one.value)),
  renames: (value: unknown) => isListOf(value, (one) => isRecord(one) && isText(one.oldUri) && isText(one.newUri)),
};

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && isCount(value.line) && isCount(value.character);
}

function isRange(value: unknown): boolean {
  return isRecord(value) && isPosition(value.start) && isPosition(value.end);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && !Number.isNaN(value);
}

function isListOf(value: unknown, is: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
