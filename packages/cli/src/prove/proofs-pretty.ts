import type { Paint } from "@scruple/project/report";
import { printable } from "@scruple/project/report";
import { type AskedFor, askedFor } from "../explain/request-words.ts";
import type { Proof } from "./proof.ts";

const marks = { proved: "✓", refuted: "✗", undecided: "?" } as const;
const colours = { proved: "green", refuted: "red", undecided: "yellow" } as const;

/** For people: each promise with its lines, and for a broken one the request that breaks it. */
export function proofsPretty(proofs: readonly Proof[], paint: Paint, shownPath: (file: string) => string): string {
  const lines: string[] = [];
  let last = "";
  for (const proof of proofs) {
    const { promise, line, status, reason } = proof.result;
    const head = `${paint("dim", proof.policy)} “${promise.text}”`;
    if (head !== last) lines.push(head);
    last = head;
    const place = `${shownPath(proof.file)}:${line.at.line}`;
    lines.push(`  ${paint(colours[status], marks[status])} ${line.text}  ${paint("dim", place)}`);
    if (status === "refuted") lines.push(...counterexample(proof, paint));
    if (reason !== null) lines.push(`      ${reason}`);
  }
  return lines.map((text) => `${printable(text)}\n`).join("");
}

function counterexample({ result }: Proof, paint: Paint): readonly string[] {
  const { counterexample: request, decision, rules } = result;
  if (request === null || decision === null) return [];
  const by = rules.length === 0 ? "since no rule allows it" : `by ${rules.map((rule) => `\`${rule}\``).join(", ")}`;
  const verdict = decision.decision === "allow" ? "allowed" : "denied";
  return [`      ${act(askedFor(request))} is ${verdict} ${by}:`, `      ${paint("dim", JSON.stringify(request))}`];
}

function act({ operation, data, with: joined, purpose, channel, interaction }: AskedFor): string {
  const pair = joined === null ? "" : ` with \`${joined}\``;
  return `\`${operation} ${data.join(", ")}\`${pair} for \`${purpose}\` on \`${channel}\` in \`${interaction}\``;
}
