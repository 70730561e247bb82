import fc from "fast-check";

/** The same properties are tried on every run. `SCRUPLE_SEED=7 npx vitest run` tries others. */
fc.configureGlobal({ seed: Number(process.env.SCRUPLE_SEED ?? 1) });
