import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { TemporaryFolder } from "@scruple/testkit";
import { transformSync } from "esbuild";
import type { Subject } from "./corpus.ts";

/** Without its types, which every bundler and every Node then takes as it is. */
const { code: answering } = transformSync(readFileSync(join(import.meta.dirname, "answering.ts"), "utf8"), {
  loader: "ts",
});
const inPage = (runtime: string) => `<!doctype html>
<script type="importmap">
{ "imports": { "@scruple/runtime": "/${runtime}/index.js", "@scruple/runtime/enforce": "/${runtime}/enforce.js" } }
</script>
`;
const inWorker = `const { answer } = await import(new URL(location.href).searchParams.get("module"));
postMessage(await answer());
`;
const inNode = `const { answer } = await import(process.argv[2]);
process.stdout.write((await answer()).join("\\n"));
`;
const inThread = `import { Worker } from "node:worker_threads";
const code = \`import(\${JSON.stringify(process.argv[2])}).then(({ answer }) => answer()).then((answers) => require("node:worker_threads").parentPort.postMessage(answers));\`;
new Worker(code, { eval: true }).on("message", (answers) => process.stdout.write(answers.join("\\n")));
`;

/**
 * An application that asks all guards all requests. `emitted.js` imports the modules that the command builds, and `main.js`
 * the policies themselves, for bundlers.
 *
 * @param runtime the installed runtime; absolute
 */
export function application(
  subjects: readonly Subject[],
  runtime: string,
  onFinished: (remove: () => void) => void,
): TemporaryFolder {
  const entry = (specifierOf: (subject: Subject) => string) => `${subjects
    .map((subject, index) => `import * as guard${index} from ${JSON.stringify(specifierOf(subject))};\n`)
    .join("")}import { answer as ask } from "./answering.js";
import requests from "./requests.js";
export const answer = () => ask([${subjects.map((_, index) => `guard${index}`).join(", ")}], requests);
`;
  const app = new TemporaryFolder(
    {
      "package.json": '{"type":"module"}',
      "answering.js": answering,
      "requests.js": `export default ${JSON.stringify(subjects.map(({ requests }) => requests))};\n`,
      "emitted.js": entry(({ name }) => `./guards/${name}.guard.js`),
      "main.js": entry(({ name, imported }) => `./policies/${name}/${imported}`),
      "page.html": inPage("node_modules/@scruple/runtime"),
      "worker.js": inWorker,
      "in-node.js": inNode,
      "in-thread.js": inThread,
      ...Object.fromEntries(subjects.map(({ name, module }) => [`guards/${name}.guard.js`, module])),
      ...Object.fromEntries(
        subjects.flatMap(({ name, files }) =>
          Object.entries(files).map(([path, text]) => [`policies/${name}/${path}`, text]),
        ),
      ),
    },
    onFinished,
  );
  mkdirSync(app.path("node_modules/@scruple"), { recursive: true });
  symlinkSync(runtime, app.path("node_modules/@scruple/runtime"));
  return app;
}
