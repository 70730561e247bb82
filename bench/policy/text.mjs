import { conditionText } from "./atoms.mjs";
import { categories, channelOf, channels, purposes, recipients, regions, special } from "./vocabulary.mjs";

/** The policy as `.scruple` files: three for what all share, the interactions spread evenly over the others. */
export function policyText({ name, sources, interactions, guardrails }, fileCount) {
  const parts = [
    ["vocabulary", vocabularyText()],
    ["sources", sources.map(sourceText).join("\n\n")],
    ["guardrails", guardrails.map((rule) => ruleText(rule, "")).join("\n\n")],
  ];
  const rest = Math.min(interactions.length, Math.max(1, fileCount - parts.length));
  for (let part = 0; part < rest; part++) {
    const from = Math.floor((interactions.length * part) / rest);
    const to = Math.floor((interactions.length * (part + 1)) / rest);
    const text = interactions.slice(from, to).map(interactionText).join("\n\n");
    parts.push([`interactions-${String(part + 1).padStart(3, "0")}`, text]);
  }
  return parts.map(([part, text]) => ({ path: `policies/${part}.scruple`, text: `policy ${name}\n\n${text}\n` }));
}

function vocabularyText() {
  const within = (parent) => (parent === null ? "" : ` within ${parent}`);
  const declared = (keyword, { names, parents }) => names.map((name) => `${keyword} ${name}${within(parents[name])}`);
  const lines = [
    ...declared("category", categories).map((line) =>
      special.includes(line.split(" ")[1]) ? `${line} special` : line,
    ),
    ...declared("purpose", purposes),
    ...declared("recipient", recipients),
    ...channels.names.map((name) => {
      const { reaches, quiet } = channelOf(name);
      const hours = quiet === null ? "" : ` quiet ${quiet.from}..${quiet.to}${list("except for", quiet.exceptFor)}`;
      return `channel ${name}${within(channels.parents[name])} reaches ${reaches.join(", ")}${hours}`;
    }),
    `subject {\n  age : int 0..130\n  region : ${regions.join(" | ")}\n  member : bool\n}`,
    "duty record_contact",
  ];
  return lines.join("\n");
}

function list(keyword, names) {
  return names === undefined || names.length === 0 ? "" : ` ${keyword} ${names.join(", ")}`;
}

function sourceText({ name, origin, derivedFrom, collectedFor, keep, fields }) {
  const kind =
    origin === "derived"
      ? `derived${list(
          "from",
          derivedFrom.map((ref) => ref.name),
        )}`
      : origin;
  const kept = keep === null ? "" : `\n  keep at most ${keep.days} days${list("except for", keep.exceptFor)}`;
  const body = fields.map((field) => `  ${field.name} : ${field.category}`).join("\n");
  return `/// What ${name.replaceAll("_", " ")} tells us.\nsource ${name} ${kind}${list("collected for", collectedFor)}${kept}\n{\n${body}\n}`;
}

function interactionText({ name, startedBy, purposes, channels, rules }) {
  const body = rules.map((rule) => ruleText(rule, "  ")).join("\n\n");
  return [
    `/// The ${startedBy} begins it: ${name.replaceAll("_", " ")}.`,
    `interaction ${name} started by ${startedBy} {`,
    `  purposes ${purposes.join(", ")}`,
    `  channels ${channels.join(", ")}`,
    `\n${body}`,
    "}",
  ].join("\n");
}

const refText = (ref) => ref.name ?? ref.kind;

function ruleText(rule, indent) {
  const selectors = [list("for", rule.for), list("on", rule.on), list("to", rule.to)].join("");
  const conditions = [
    rule.under && `under ${rule.under}`,
    rule.when && `when ${conditionText(rule.when)}`,
    rule.unless && `unless ${conditionText(rule.unless)}`,
    rule.after && `after ${rule.after.count} per ${rule.after.unit}`,
    rule.duties?.length && `then ${rule.duties.join(", ")}`,
    rule.told && `told ${JSON.stringify(rule.told)}`,
    rule.because && `because ${JSON.stringify(rule.because)}`,
    rule.except && exceptText(rule.except),
  ].filter(Boolean);
  const head = `${rule.name}: ${rule.effect} ${rule.operations.join(", ")} ${[...new Set(rule.data.map(refText))].join(", ")}${selectors}`;
  return [head, ...conditions.map((line) => `  ${line}`)].map((line) => indent + line).join("\n");
}

function exceptText(exceptions) {
  const one = (exception) =>
    [
      list("for", exception.for),
      list("on", exception.on),
      list("to", exception.to),
      list("when", exception.when && [conditionText(exception.when)]),
    ]
      .join("")
      .trim();
  return exceptions.length === 1 ? `except ${one(exceptions[0])}` : `except { ${exceptions.map(one).join(" | ")} }`;
}
