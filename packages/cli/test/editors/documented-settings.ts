import { readFileSync } from "node:fs";

const page = readFileSync(new URL("../../../../docs/editors.md", import.meta.url), "utf8");

/** A block of settings that docs/editors.md shows for an editor, counted from 0. @throws where it shows none such */
export function documentedSettings(editor: string, place: number): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${editor}\n`)) ?? "";
  const block = [...section.matchAll(/^```\w+\n(.*?)^```$/gms)][place]?.[1];
  if (block === undefined) throw new Error(`docs/editors.md shows no settings ${place} for ${editor}.`);
  return block;
}
