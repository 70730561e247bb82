import { durationText, type Interaction, type Rule } from "@scruple/model";

/** What an interaction and its rules say, for those who call it; null: the rules that hold in all. */
export function interactionDoc(interaction: Interaction | null, rules: readonly Rule[]): string {
  const doc = interaction?.doc ?? "";
  const lines = rules.map(lineOf);
  return [...(doc === "" ? [] : [doc]), ...(doc === "" || lines.length === 0 ? [] : [""]), ...lines].join("\n");
}

/** `- \`offer.deals\` allows to use, under consent. Told: …` */
function lineOf({ path, effect, operations, basis, limit, told, because, doc }: Rule): string {
  const acts = operations.join(", ");
  const often = limit === null ? "" : ` after ${limit.count} in ${durationText(limit.per)}`;
  const under = basis === null ? "" : `, under ${basis.text}`;
  const says = [told === null ? "" : `Told: ${told}`, because ?? "", doc].filter((text) => text !== "").join(" ");
  return `- \`${path}\` ${effect === "allow" ? "allows" : "denies"} to ${acts}${under}${often}.${says === "" ? "" : ` ${says.replaceAll("\n", " ")}`}`;
}
