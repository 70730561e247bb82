const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let depth = 0;
/** The signals that would end the process at once: those that nobody listens to. */
let held: readonly NodeJS.Signals[] = [];

/** Does what is not to be left halfway: a signal that would end the process then ends it afterwards. */
export function undisturbed<Result>(work: () => Result): Result {
  depth += 1;
  if (depth === 1) {
    held = signals.filter((signal) => process.listenerCount(signal) === 0);
    for (const signal of held) process.on(signal, endBy);
  }
  try {
    return work();
  } finally {
    // What came meanwhile is told between these two.
    setImmediate(() => setImmediate(letGo));
  }
}

function letGo(): void {
  depth -= 1;
  if (depth === 0) for (const signal of held) process.off(signal, endBy);
}

function endBy(signal: NodeJS.Signals): void {
  process.off(signal, endBy);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
