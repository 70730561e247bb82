/** What commander says of a wrong call, in the words of all other messages. What it knows besides stays as it is. */
export function callFault(text: string): string {
  for (const [pattern, words] of faults) {
    if (pattern.test(text)) return text.replace(pattern, words).replace(suggestion, " Did you mean `$1`?");
  }
  return text;
}

const suggestion = /\s*\(Did you mean (\S+)\?\)$/;

const faults: readonly (readonly [RegExp, string])[] = [
  [/^unknown command '([^\n]*)'/, "There is no command `$1`."],
  [/^unknown option '([^\n]*)'/, "There is no option `$1`."],
  [
    /^option '([^\s'<,]+)[^\n]*?' argument '([^\n]*)' is invalid\. Allowed choices are /,
    "`$1` cannot be `$2`. It is one of ",
  ],
  [/^option '([^\s'<,]+)[^\n]*?' argument '([^\n]*)' is invalid\. /, "`$1` cannot be `$2`. "],
  [/^option '([^\s'<,]+)[^\n]*?' argument missing/, "`$1` needs a value behind it."],
  [/^command-argument value '([^\n]*)' is invalid for argument '([^\n']*)'\. /, "The argument `$2` cannot be `$1`. "],
  [/^missing required argument '([^\n]*)'/, "The argument `$1` is missing."],
  [
    /^too many arguments for '([^\n]*)'\. Expected (\d+) arguments? but got (\d+)\./,
    "There are too many arguments: `$1` takes at most $2, and got $3.",
  ],
];
