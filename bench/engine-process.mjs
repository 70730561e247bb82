import { fork } from "node:child_process";
import { join } from "node:path";

const worker = join(import.meta.dirname, "worker.mjs");

/** An engine in a process of its own. @throws where the process ends before it has answered */
export async function startEngine({ name, rules, requestCount, guardPath = "" }) {
  const child = fork(worker, [name, String(rules), String(requestCount), guardPath], {
    execArgv: ["--max-old-space-size=4096"],
  });
  const reply = () =>
    new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`The process of ${name} at ${rules} rules ended with code ${code}.`));
      child.once("exit", ended);
      child.once("message", (message) => {
        child.off("exit", ended);
        resolve(message);
      });
    });
  const ask = (message) => {
    const answer = reply();
    child.send(message);
    return answer;
  };
  const { setUp } = await reply();
  return {
    name,
    rules,
    /** Milliseconds from the policy to an engine that can decide. */
    setUp,
    answers: async (milliseconds, least) => (await ask({ action: "answer", milliseconds, least })).answers,
    /** Nanoseconds a decision, after a run-up of so many. */
    round: async (decisions, before = 0) => (await ask({ action: "round", decisions, before })).nanoseconds / decisions,
    stop: () => child.disconnect(),
  };
}
