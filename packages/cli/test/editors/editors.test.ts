import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { canRun, findCommand } from "../../../../scripts/testing/requirements.ts";
import { documentedSettings } from "./documented-settings.ts";
import { type EditorOutcome, type EditorRun, runEditor } from "./run-editor.ts";

const files = {
  "scruple.json": '{ "include": ["policies/**/*.scruple"] }\n',
  "policies/data.scruple": `policy shop

use std.categories
use std.purposes
use std.recipients
use std.channels

/// What somebody ordered, and where it goes.
source orders provided collected for service_provision {
  /// Where a parcel is left.
  street : contact_point
}
`,
  "policies/letters.scruple": `policy shop

interaction delivery_note started by company {
  purposes service_provision
  channels email

  address: allow use orders.stret, orders.street
    under contract
}
`,
};

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** One that knows the settings which docs/editors.md shows first. */
function newNeovim(): string | undefined {
  const file = findCommand("nvim");
  const version = file && /^NVIM v(\d+)\.(\d+)/.exec(execFileSync(file, ["--version"], { encoding: "utf8" }));
  return version && (Number(version[1]) > 0 || Number(version[2]) >= 11) ? file : undefined;
}

/** One that has Eglot, built in or as a package. */
function emacsWithEglot(): string | undefined {
  const file = findCommand("emacs");
  const hasEglot = ["--batch", "--eval", "(package-activate-all)", "--eval", "(require 'eglot)"];
  return file && spawnSync(file, hasEglot).status === 0 ? file : undefined;
}

interface Editor extends Pick<EditorRun, "arguments" | "home"> {
  readonly program: string;
  /** What it calls the kind of file, and an interaction's name. */
  readonly fileType: string;
  readonly colour: string;
}

const neovim = newNeovim();
const emacs = emacsWithEglot();
const hasNeovim = canRun("neovim", neovim);
const hasEmacs = canRun("emacs", emacs);

const editors: Readonly<Record<string, Editor>> = {
  ...(hasNeovim && {
    Neovim: {
      program: neovim,
      arguments: ["--clean", "--headless", "-l", script("neovim.lua")],
      home: { ".config/nvim/init.lua": documentedSettings("Neovim", 0) },
      fileType: "scruple",
      colour: "property",
    },
    "Neovim with the settings for older ones": {
      program: neovim,
      arguments: ["--clean", "--headless", "-l", script("neovim.lua")],
      home: { ".config/nvim/init.lua": documentedSettings("Neovim", 1) },
      fileType: "scruple",
      colour: "property",
    },
  }),
  ...(hasEmacs && {
    "Emacs with Eglot": {
      program: emacs,
      // As it is started by hand, but without a terminal.
      arguments: ["--batch", "--eval", "(package-activate-all)", "-l", "~/.emacs.d/init.el", "-l", script("emacs.el")],
      home: { ".emacs.d/init.el": documentedSettings("Emacs", 0) },
      fileType: "scruple-mode",
      colour: "font-lock-keyword-face",
    },
  }),
};

describe.each(Object.entries(editors))("%s, set up as documented,", (_, { fileType, colour, ...run }) => {
  let outcome: EditorOutcome;
  beforeAll(() => {
    outcome = runEditor({ ...run, files });
    expect(outcome.report.problem).toBeUndefined();
  });

  test("knows the kind of file, and its colours", () => {
    expect(outcome.report).toMatchObject({ fileType, colour });
  });

  test("shows what is wrong, where it is", () => {
    expect(outcome.report.finding).toMatchObject({
      message: expect.stringContaining("The source `orders` has no field `stret`. Did you mean `street`?"),
      line: 7,
      column: 29,
    });
  });

  test("hears of a change to a file that it has not open", () => {
    expect(outcome.report.onDisk).toContain("The source `orders` has no field `street`.");
  });

  test("says what something is, and where it is declared", () => {
    expect(outcome.report.hover).toContain("Where a parcel is left.");
    expect(outcome.report.definition).toBe("  road : contact_point");
  });

  test("completes names", () => {
    expect(outcome.report.completion).toEqual(["electronic_message", "email"]);
  });

  test("mends, renames over files, lays out, and writes what it should", () => {
    expect(outcome.read("policies/data.scruple")).toBe(files["policies/data.scruple"].replace("street :", "road :"));
    expect(outcome.read("policies/letters.scruple")).toBe(
      files["policies/letters.scruple"].replace("orders.stret, orders.street", "orders.road, orders.road"),
    );
  });

  test("leaves no server behind", () => {
    expect(outcome.hasServerEnded).toBe(true);
  });
});

test.each([
  ["Neovim", 0],
  ["Neovim", 1],
  ["Helix", 0],
  ["Emacs", 0],
  ["Emacs", 1],
])("the settings for %s, block %i, start the server", (editor, place) => {
  expect(documentedSettings(editor, place)).toMatch(/"scruple"[^}]*"lsp",? "--stdio"/);
});
