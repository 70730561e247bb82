import { CallError } from "../exit.ts";
import type { Io } from "../io.ts";
import { readStandardInput } from "../terminal/standard-input.ts";

/** No request is larger than that. */
const mostBytes = 1 << 20;

/** The one request that standard input holds, as JSON. */
export async function readOneRequest(io: Io): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readStandardInput(io)) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > mostBytes) throw new CallError("Standard input holds more than 1 MiB, which is no single request.");
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trim();
  if (text === "") throw new CallError("There is no request: neither flags nor standard input hold one.", howTo);
  try {
    return JSON.parse(text);
  } catch {
    const isSeveral = text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .every(isJson);
    throw new CallError(
      isSeveral
        ? "Standard input holds several requests, and one is explained at a time."
        : "Standard input holds no JSON.",
      howTo,
    );
  }
}

const howTo = "`scruple explain --help` shows how to ask.";

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
