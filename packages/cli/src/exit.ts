export { CallError } from "@scruple/project";

/** What a run of the command ends with. */
export const Exit = {
  /** Nothing wrong. */
  ok: 0,
  /** The policy is at fault: errors, failed tests, requests with errors. */
  policy: 1,
  /** The call is at fault: an unknown flag, no such file, an unreadable configuration. */
  call: 2,
  /** Scruple is at fault. */
  bug: 3,
} as const;
export type ExitCode = (typeof Exit)[keyof typeof Exit];
