import { readdirSync, readFileSync } from "node:fs";
import { parse } from "@scruple/syntax";
import { expect, it } from "vitest";

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

const media = new URL("../media/", import.meta.url);
const snippets: Readonly<Record<string, Snippet>> = JSON.parse(readFileSync(new URL("snippets.json", media), "utf8"));

/** The text that a snippet leaves where nothing is changed in it. */
function expanded({ body }: Snippet): string {
  return body
    .join("\n")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replace(/\$0/g, "");
}

/** What the parser finds wrong with a text, or with a policy that it is a part of. */
function faultsOf(text: string) {
  return parse(/^policy /m.test(text) ? text : `policy shop\n\n${text}`).findings;
}

for (const [name, snippet] of Object.entries(snippets))
  it(`the snippet ${name} is well-formed as it is`, () => {
    const text = expanded(snippet);
    expect(text).not.toContain("$");
    expect(faultsOf(text)).toEqual([]);
  });

for (const page of readdirSync(new URL("walkthrough/", media)))
  it(`what the walkthrough shows in ${page} is well-formed`, () => {
    const shown = readFileSync(new URL(`walkthrough/${page}`, media), "utf8").matchAll(/```scruple\n(.*?)```/gs);
    for (const [, text] of shown) expect(faultsOf(text!)).toEqual([]);
  });
