/** A policy of one field, which may be used for either of two purposes over one channel; what is hard in it comes from its facts and rules. */
export function hotelPolicy(facts: string, rules: readonly string[], promise?: string): string {
  return `policy hotel
facts { ${facts} }
recipient guest
channel desk reaches guest
purpose care
purpose comfort
category taste
source stays provided keep at most 1 year deleted by store { pillow : taste }
interaction visit {
  purposes care, comfort
  channels desk
  ${rules.join("\n  ")}
}
${promise === undefined ? "" : `promise "kept" { ${promise} }\n`}`;
}

/** The thirty facts of `tangledRules`. */
export const tangledFacts = Array.from({ length: 30 }, (_, i) => `b${i} : bool`).join(" ");

/** Forty-five rules of thirty facts, of which no order keeps all small together. */
export const tangledRules: readonly string[] = [
  ...Array.from({ length: 30 }, (_, i) => `r${i}: allow use taste for care when b${i} and not b${(i + 7) % 30}`),
  ...Array.from({ length: 15 }, (_, i) => `d${i}: deny use taste for care when b${i} and b${(i * 3 + 11) % 30}`),
];
