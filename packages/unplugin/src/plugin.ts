import { createUnplugin, type UnpluginBuildContext, type UnpluginContext } from "unplugin";
import { Arrivals } from "./arrivals.ts";
import { loadInEsbuild } from "./in-esbuild.ts";
import { isInput, loadPolicy, policyId } from "./load-policy.ts";
import { type Problem, problemText } from "./problem.ts";
import { Projects } from "./projects.ts";
import { surroundingsOf } from "./surroundings.ts";

export interface ScrupleOptions {
  /** Whether guards are meant to go into pages. Where they are not, a bundler that knows that it builds a page warns. */
  readonly inPages?: boolean;
}

const name = "scruple";

/**
 * Policies as modules: `import guard from "./shop.scruple"`.
 *
 * `scruple.vite()`, `scruple.rollup()`, `scruple.esbuild()` and `scruple.webpack()` are plug-ins of these bundlers. Each
 * compiles the whole project of a policy as `scruple build` does, and stops where that would.
 */
export const scruple = createUnplugin<ScrupleOptions | undefined>(({ inPages = false } = {}, { framework }) => {
  const projects = new Projects();
  if (framework === "esbuild") return { name, esbuild: { setup: (build) => loadInEsbuild(build, projects, inPages) } };
  const arrivals = new Arrivals();
  const closeWatcher = () => arrivals.close();
  return {
    name,
    buildStart: () => projects.forget(),
    watchChange: (file) => {
      if (isInput(file)) projects.forget();
    },
    load: {
      filter: { id: policyId },
      async handler(id) {
        const { isWatching, isPage } = surroundingsOf(this);
        const loaded = await loadPolicy(id, projects, isPage && !inPages);
        const { code, map, errors, warnings, inputs, project } = loaded;
        for (const input of inputs) this.addWatchFile(input);
        if (isWatching && project !== null) this.addWatchFile(await arrivals.noticedBy(project));
        neverFromCache(this);
        for (const warning of warnings) this.warn(framework === "rollup" ? located(warning, id) : problemText(warning));
        // Rollup and Vite stop at the first error.
        if (framework === "webpack") for (const error of errors) this.error(problemText(error));
        else if (errors.length > 0) this.error(located(joined(errors), id));
        return { code, map };
      },
    },
    rollup: { closeWatcher },
    webpack: (compiler) => compiler.hooks.watchClose.tap(name, closeWatcher),
    vite: {
      closeWatcher,
      // Its server ends in another way than a build that watches.
      closeBundle() {
        if (this.environment.mode === "dev") closeWatcher();
      },
      hotUpdate({ file, modules }) {
        if (!isInput(file)) return;
        projects.forget();
        // A denial in one file bears on the guards of others.
        const policies = [...this.environment.moduleGraph.idToModuleMap.values()].filter(({ id }) =>
          id?.endsWith(".scruple"),
        );
        return [...new Set([...modules, ...policies])];
      },
    },
  };
});

/** Who keeps modules on disk would not see that a policy has been added. */
function neverFromCache(context: UnpluginBuildContext): void {
  const native = context.getNativeBuildContext?.();
  if (native !== undefined && "loaderContext" in native) native.loaderContext?.cacheable(false);
}

type Message = Extract<Parameters<UnpluginContext["error"]>[0], object>;

/** For bundlers that draw a message themselves; Vite does so with errors alone. */
function located({ message, place }: Problem, id: string): Message {
  if (place === null) return { message, id };
  const { file, line, column, frame } = place;
  const result = { message, id: file, loc: { file, line, column: column - 1 }, frame };
  return result;
}

/** The first, with the others behind it. */
function joined([first, ...rest]: readonly Problem[]): Problem {
  const { message, place } = first as Problem;
  const others = rest.map((problem) => `\n${problemText(problem)}`).join("\n");
  if (place === null) return { message: `${message}${others}`, place };
  return { message, place: { ...place, frame: `${place.frame}${others}` } };
}
