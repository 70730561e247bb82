/** The caller can mend this: the call, the configuration or the disk is at fault, not a policy. */
export class CallError extends Error {
  override readonly name = "CallError";
  /** A second sentence that says what to do; "" where the message says it all. */
  readonly hint: string;
  constructor(message: string, hint = "") {
    super(message);
    this.hint = hint;
  }
}
