import { compile } from "@scruple/compiler";
import { readMarked } from "@scruple/testkit";
import type * as lsp from "vscode-languageserver-types";
import { toPosition } from "../positions.ts";
import { fileOf, type Snapshot } from "../snapshot.ts";

/** A place in source, and the same place for the features. */
export interface Place {
  readonly snapshot: Snapshot;
  readonly offset: number;
  readonly position: lsp.Position;
}

export const addresses: Snapshot["addresses"] = {
  uriOf: (path, std) => (std ? `scruple:/${path}` : `file:///${path}`),
  documentationOf: (code) => `scruple:/diagnostics/${code}.md`,
};

/** Source with `$0` where the cursor is; `//- path` begins a file, as in marked-up source. */
export function at(source: string): Place {
  const marked = readMarked(source);
  const [path, offset] = marked.files
    .map(({ path, text }) => [path, text.indexOf("$0")] as const)
    .find(([, offset]) => offset >= 0) ?? [marked.files[0]!.path, 0];
  const files = marked.files.map((file) => ({ ...file, text: file.text.replace("$0", "") }));
  const program = compile(files, { today: "2026-07-01", ...marked.options });
  const file = fileOf(program, path)!;
  const findings = () => program.diagnostics.filter((one) => one.file === path);
  return { snapshot: { program, file, addresses, findings }, offset, position: toPosition(file.lines, offset) };
}

/** A small policy that everything in it may be asked about. */
export const shop = `policy shop
use std.categories
use std.purposes
use std.recipients
use std.channels

source orders provided
  collected for customer_care
  keep at most 1 year
{
  size  : preference
  email : contact_point
}

subject {
  age    : int 0..130
  region : eu | uk | other
  tags   : set of gold | silver
}

facts {
  nearby : bool
}

condition adult = subject.age >= 18

duty record_contact(within : duration)
`;
