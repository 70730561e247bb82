/** A line of a stack, as V8 writes it, and as other engines do. */
const frame = /^\s+at .*$|^\S*@\S+:\d+:\d+$/;

/** What can be told of a mistake of the server's own: the kind of error and where it happened, without a word of what policies say. */
export function bugReport(error: unknown): string {
  const kind = error instanceof Error ? [error.name, ...framesOf(error)].join("\n") : typeof error;
  return `Sorry, this is a mistake in Scruple, not in your policy. ${kind}`;
}

/** V8 has the message before the frames, and it may look like one. */
function framesOf({ message, stack = "" }: Error): readonly string[] {
  const at = stack.indexOf(message);
  return stack
    .slice(at < 0 ? 0 : at + message.length)
    .split("\n")
    .filter((line) => frame.test(line));
}
