/** What is asked of a script: the keys that it works on, and the rest. */
export interface ScriptOptions {
  readonly keys: string[];
  readonly arguments: string[];
}

/**
 * What the stores need of a client: those that `createClient`, `createClientPool` and `createCluster` of the npm package `redis` make have
 * it. It has to be connected, and to talk to a primary.
 */
export interface RedisClient {
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
  /** Drops a command that is not sent yet when nobody waits for it any more. */
  withAbortSignal?(signal: AbortSignal): Pick<RedisClient, "eval" | "evalSha">;
  configGet?(setting: string): Promise<unknown>;
}
