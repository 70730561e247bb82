/**
 * What the comment at the top of a guard, and of its types, says of where they come from: a build knows its own files by it, and
 * removes neither what people wrote nor what another project built into the same folder.
 *
 * @param sourceRoot What leads from the folder of the file to that of the project.
 */
export function originComment(what: string, policy: string, sourceRoot: string | undefined): string {
  const place = sourceRoot === undefined ? "" : ` in ${quoted(sourceRoot)}`;
  return `// ${what} of the policy \`${policy}\`, built by Scruple from its rules${place}.`;
}

/** The policy and the `sourceRoot` of which the comment at the top of a text tells; null where there is none. */
export function originIn(text: string): { readonly policy: string; readonly sourceRoot: string } | null {
  const found = /^\/\/ .+ of the policy `([^`\n]+)`, built by Scruple from its rules in ("(?:[^"\\\n]|\\.)*")\./.exec(
    text,
  );
  return found === null ? null : { policy: found[1] as string, sourceRoot: JSON.parse(found[2] as string) };
}

/** On one line, whatever characters the names of folders have. */
function quoted(path: string): string {
  return JSON.stringify(path).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
}
