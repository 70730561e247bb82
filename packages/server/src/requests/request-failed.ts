/** What was asked for cannot be done, as a sentence for whoever asked: it is no mistake of the server's. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
  /** Whether it is for what has been typed meanwhile, so that an editor that still wants to know asks again, and tells nobody. */
  readonly isOvertaken: boolean;

  constructor(message: string, { isOvertaken = false } = {}) {
    super(message);
    this.isOvertaken = isOvertaken;
  }
}

/** The part of the server that answers may come from another bundle than the one that sends: the name tells. */
export function isRequestFailed(error: unknown): error is RequestFailed {
  return error instanceof Error && error.name === "RequestFailed";
}
