export {
  type BadProgram,
  type BytesCase,
  type Corpus,
  type CorpusFile,
  type DecisionCase,
  type FormatCase,
  type GoodProgram,
  readCorpus,
} from "./corpus.ts";
export { Dice } from "./dice.ts";
export { editedTokens } from "./edited-tokens.ts";
export { fixMarked } from "./fix-marked.ts";
export { hotelPolicy, tangledFacts, tangledRules } from "./hotel-policy.ts";
export {
  type CheckMarkedOptions,
  checkMarked,
  type Mark,
  type MarkedSource,
  readMarked,
  toMark,
  withoutMarks,
} from "./marked.ts";
export { RandomEdits, type TextFile } from "./random-edits.ts";
export { type RandomProject, randomProject } from "./random-policy.ts";
export { randomRequests, type WireRequest } from "./random-request.ts";
export { randomRule } from "./random-rule.ts";
export { type Scale, scaleOf, scales } from "./random-scale.ts";
export { TemporaryFolder } from "./temporary-folder.ts";
export { withComments } from "./with-comments.ts";
