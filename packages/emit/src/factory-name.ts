/** Words that JavaScript keeps to itself, and what a guard's module exports besides. */
const taken = new Set(
  [
    "decide policy trace",
    "await break case catch class const continue debugger default delete do else enum export extends false finally for",
    "function if implements import in instanceof interface let new null package private protected public return static",
    "super switch this throw true try typeof var void while with yield arguments eval undefined",
  ]
    .join(" ")
    .split(" "),
);

/** Under which name a guard's module exports its factory: of `airline.know_me`, `knowMe`. */
export function factoryName(policy: string): string {
  const last = policy.slice(policy.lastIndexOf(".") + 1);
  const [first = "", ...more] = last.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== "");
  const name = first.replace(/^./u, (letter) => letter.toLowerCase()) + more.map(capital).join("");
  if (name === "") return "policyGuard";
  const proper = /^\p{ID_Start}/u.test(name) ? name : `_${name}`;
  return taken.has(proper) ? `${proper}Guard` : proper;
}

function capital(word: string): string {
  return word.replace(/^./u, (letter) => letter.toUpperCase());
}
