export { codeFrame, type Marked } from "./code-frame.ts";
export { Locator } from "./locate.ts";
export type { Located, LocatedEdit, LocatedFix, LocatedRelated, Report, Span } from "./located.ts";
export { ownFrame } from "./own-frame.ts";
export type { Paint, Style } from "./paint.ts";
export { printableLine } from "./printable.ts";
export { programLocator } from "./program-locator.ts";
export { reportOf } from "./report-of.ts";
export { displayWidth } from "./width.ts";
