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
