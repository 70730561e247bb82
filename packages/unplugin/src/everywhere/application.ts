import { mkdirSync, symlinkSync } from "node:fs";
import { TemporaryFolder } from "@scruple/testkit";
import type { Subject } from "./corpus.ts";

/** Decides all that there is to decide, wherever it is run. */
const answering = `export function answer(guards, requests) {
  return guards.flatMap(({ decide, trace }, index) =>
    requests[index].map((request) => JSON.stringify([decide(request), trace(request).conditions])),
  );
}
`;
const inPage = (runtime: string) => `<!doctype html>
<script type="importmap">
{ "imports": { "@scruple/runtime": "/${runtime}/index.js", "@scruple/runtime/enforce": "/${runtime}/enforce.js" } }
</script>
`;
const inWorker = `const { answer } = await import(new URL(location.href).searchParams.get("module"));
postMessage(answer());
`;
const inNode = `const { answer } = await import(process.argv[2]);
process.stdout.write(answer().join("\\n"));
`;
const inThread = `import { Worker } from "node:worker_threads";
const code = \`import(\${JSON.stringify(process.argv[2])}).then(({ answer }) => require("node:worker_threads").parentPort.postMessage(answer()));\`;
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
    .join("")}import { answer as ask } from "./answer.js";
import requests from "./requests.js";
export const answer = () => ask([${subjects.map((_, index) => `guard${index}`).join(", ")}], requests);
`;
  const app = new TemporaryFolder(
    {
      "package.json": '{"type":"module"}',
      "answer.js": answering,
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
