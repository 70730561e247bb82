import type { UnpluginBuildContext } from "unplugin";

/** What a bundler is about to do with a module. */
export interface Surroundings {
  /** Whether it builds again after a change. */
  readonly isWatching: boolean;
  /** Whether the module goes where anybody can read it. Rollup does not say where a bundle is to run. */
  readonly isPage: boolean;
}

/** What Rollup and Vite add to what all bundlers have in common. */
interface RollupLike {
  readonly meta?: { readonly watchMode?: boolean };
  readonly environment?: { readonly config: { readonly consumer: string } };
}

export function surroundingsOf(context: UnpluginBuildContext): Surroundings {
  const native = context.getNativeBuildContext?.();
  if (native?.framework === "webpack") {
    const { watchMode, platform } = native.compiler;
    return { isWatching: watchMode, isPage: platform.browser === true };
  }
  const { meta, environment } = context as RollupLike;
  return {
    isWatching: meta?.watchMode === true,
    isPage: environment?.config.consumer === "client",
  };
}
