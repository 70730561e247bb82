import { ErrorCodes, ResponseError } from "vscode-languageserver";
import type { Need } from "./methods.ts";

/**
 * Sees that a request says what it is about, so that whoever answers it can rely on that.
 *
 * @throws ResponseError
 */
export function checkParams(params: unknown, needs: readonly Need[]): void {
  const given = isRecord(params) ? params : {};
  for (const need of needs) {
    if (!isWellFormed[need](given[need]))
      throw new ResponseError(ErrorCodes.InvalidParams, `The request has no proper \`${need}\`.`);
  }
}

const isPosition = (value: unknown) => isRecord(value) && isCount(value.line) && isCount(value.character);

const isWellFormed: Readonly<Record<Need, (value: unknown) => boolean>> = {
  textDocument: (value) => isRecord(value) && typeof value.uri === "string",
  position: isPosition,
  positions: (value) => Array.isArray(value) && value.every(isPosition),
  range: (value) => isRecord(value) && isPosition(value.start) && isPosition(value.end),
  context: (value) => isRecord(value),
  item: (value) => isRecord(value) && "data" in value,
  query: (value) => typeof value === "string",
  files: (value) =>
    Array.isArray(value) &&
    value.every((one) => isRecord(one) && typeof one.oldUri === "string" && typeof one.newUri === "string"),
  uri: (value) => typeof value === "string",
};

function isCount(value: unknown): boolean {
  return typeof value === "number" && !Number.isNaN(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
