export { canonicalEntry, longestEntry } from "./canonical-entry.ts";
export {
  type Breach,
  ChainCheck,
  type ChainReport,
  type ChainStart,
  extend,
  type Kept,
  origin,
  verifyChain,
} from "./chain.ts";
export { FileTrail, type FileTrailOptions } from "./file/file-trail.ts";
export { type Recorded, readTrail, type Unreadable } from "./file/read-trail.ts";
export type { Repair } from "./file/trail-end.ts";
export { TrailError } from "./file/trail-error.ts";
export type { OpenFile } from "./file/trail-file.ts";
export { entryLine, headerLine } from "./file/trail-line.ts";
export type { TrailBreach, TrailReport } from "./file/trail-report.ts";
export { type VerifyOptions, verifyTrail } from "./file/verify-trail.ts";
export { pseudonym } from "./pseudonym.ts";
