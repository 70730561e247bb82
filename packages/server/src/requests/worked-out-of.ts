import type { Snapshot } from "@scruple/service";
import type { CancellationToken } from "vscode-languageserver";
import type { Session } from "../session.ts";
import { RequestFailed } from "./request-failed.ts";

/**
 * Works something out of a file bit by bit; null where nobody waits for it any more. Nothing is said of what the file was before an
 * edit, since its places are elsewhere by now.
 *
 * @param asking `byHand` where somebody has asked, who is to hear of it, and no editor by itself
 * @throws RequestFailed
 */
export async function workedOutOf<Result>(
  snapshot: Snapshot,
  steps: Generator<void, Result>,
  asking: {
    readonly session: Session;
    readonly uri: string;
    readonly token: CancellationToken;
    readonly byHand?: boolean;
  },
): Promise<Result | null> {
  const { session, uri, token, byHand = false } = asking;
  const result = await session.workedOut(steps, token);
  if (result === null || session.isUpToDate(snapshot, uri)) return result;
  throw new RequestFailed("The policies have changed meanwhile. Ask again.", { isOvertaken: !byHand });
}
