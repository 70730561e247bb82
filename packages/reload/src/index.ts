export { checkModel } from "./check-model.ts";
export { isSealed, keyId } from "./envelope.ts";
export { guardOf } from "./guard-of.ts";
export { type Key, privateKey, publicKey } from "./keys.ts";
export { Refused } from "./refused.ts";
export { type Release, signRelease, type Verification, verifyRelease } from "./release.ts";
export { type ReloadEvent, type ReloadingGuard, type ReloadingOptions, reloading } from "./reloading.ts";
