import type { Annotation, Decorated } from "@scruple/syntax";
import { declarationsOf } from "../locations.ts";
import { type Entity, nounOf } from "../names/entity.ts";
import type { Snapshot } from "../snapshot.ts";
import { declarationText } from "./declaration-text.ts";

/** Markdown: how it is declared, its documentation, and what other vocabularies call it. */
export function describeEntity({ program }: Snapshot, entity: Entity): string {
  const parts: string[] = [];
  for (const { text, whole, name } of declarationsOf(program, entity).slice(0, 3)) {
    parts.push(fence(declarationText(text.text, whole, name)));
    if ("docs" in whole) parts.push(...documentation(whole as unknown as Decorated));
  }
  if (parts.length === 0) parts.push(nounOf(entity));
  return parts.join("\n\n");
}

export function fence(source: string): string {
  return `\`\`\`scruple\n${source}\n\`\`\``;
}

/** The documentation of a declaration, and its annotations in words. */
export function documentation({ docs, annotations }: Pick<Decorated, "docs" | "annotations">): readonly string[] {
  const text = docs
    .map((doc) => doc.text)
    .join("\n")
    .trim();
  const mapped = annotations.flatMap((annotation) => inWords(annotation));
  return [...(text === "" ? [] : [text]), ...(mapped.length === 0 ? [] : [mapped.join("  \n")])];
}

const vocabularies: Readonly<Record<string, string>> = {
  dpv: "W3C Data Privacy Vocabulary",
  fides: "Fides taxonomy",
  tcf: "IAB Transparency and Consent Framework",
  id: "Id",
  owner: "Owner",
  review: "To be reviewed by",
};

function inWords({ name, args }: Annotation): readonly string[] {
  const label = vocabularies[name.text];
  const values = args.map((arg) => ("value" in arg ? `\`${arg.value}\`` : ""));
  return label === undefined || values.length === 0 ? [] : [`*${label}:* ${values.join(", ")}`];
}
