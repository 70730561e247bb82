export { type GpcOptions, gpcPurposes, gpcReader } from "./gpc.ts";
export { type TcfOptions, tcfReader } from "./tcf.ts";
export { together, withSignals } from "./with-signals.ts";
