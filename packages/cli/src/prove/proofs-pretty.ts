import { type AskedFor, askedFor } from "../explain/request-words.ts";
import { type Line, line, styled } from "../terminal/line.ts";
import type { Proof } from "./proof.ts";

const marks = { proved: "✓", refuted: "✗", undecided: "?" } as const;
const colours = { proved: "green", refuted: "red", undecided: "yellow" } as const;

/** For people: each promise with its lines, and for a broken one the request that breaks it. */
export function proofsPretty(proofs: readonly Proof[], shownPath: (file: string) => string): readonly Line[] {
  const lines: Line[] = [];
  let last = "";
  for (const proof of proofs) {
    const { promise, line: own, status, reason } = proof.result;
    const head = `${proof.policy} “${promise.text}”`;
    if (head !== last) lines.push(line`${styled("dim", proof.policy)} “${promise.text}”`);
    last = head;
    const place = `${shownPath(proof.file)}:${own.at.line}`;
    lines.push(line`  ${styled(colours[status], marks[status])} ${own.text}  ${styled("dim", place)}`);
    if (status === "refuted") lines.push(...counterexample(proof));
    if (reason !== null) lines.push(line`      ${reason}`);
  }
  return lines;
}

function counterexample({ result }: Proof): readonly Line[] {
  const { counterexample: request, decision, rules } = result;
  if (request === null || decision === null) return [];
  const by = rules.length === 0 ? "since no rule allows it" : `by ${rules.map((rule) => `\`${rule}\``).join(", ")}`;
  const verdict = decision.decision === "allow" ? "allowed" : "denied";
  return [
    line`      ${act(askedFor(request))} is ${verdict} ${by}:`,
    line`      ${styled("dim", JSON.stringify(request))}`,
  ];
}

function act({ operation, data, with: joined, purpose, channel, interaction }: AskedFor): string {
  const pair = joined === null ? "" : ` with \`${joined}\``;
  return `\`${operation} ${data.join(", ")}\`${pair} for \`${purpose}\` on \`${channel}\` in \`${interaction}\``;
}
