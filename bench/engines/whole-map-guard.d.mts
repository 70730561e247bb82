import type { GeneratedPolicy } from "../policy.mjs";
import type { Engine } from "./index.mjs";

export function createWholeMapGuard(policy: GeneratedPolicy): Required<Pick<Engine, "decide" | "full">>;
