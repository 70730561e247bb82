export { CallError, Exit, type ExitCode } from "./exit.ts";
export type { Io, Sink } from "./io.ts";
export { main } from "./main.ts";
export { type Loaded, loadProgram } from "./project/load-program.ts";
export { version } from "./version.ts";
