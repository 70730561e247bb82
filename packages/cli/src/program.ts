import { isDate } from "@scruple/model";
import { type Target, targets } from "@scruple/project";
import { Command, InvalidArgumentError, Option } from "commander";
import { type AuditShowOptions, type AuditVerifyOptions, addAuditCommands, auditHelp } from "./audit/audit-commands.ts";
import type { RequestFlags } from "./decide/request-from-flags.ts";
import type { ExitCode } from "./exit.ts";
import type { ReportFormat } from "./report/write-report.ts";
import { folder, path } from "./terminal/given-path.ts";
import { version } from "./version.ts";

/** What the command line calls; each gets its options read and checked, and answers with an exit code. */
export interface Commands {
  init(folder: string | null): Promise<ExitCode>;
  check(
    paths: readonly string[],
    options: { format: ReportFormat; watch: boolean; fix: boolean; maxWarnings: number | null },
  ): Promise<ExitCode>;
  build(
    paths: readonly string[],
    options: { targets: readonly Target[]; out: string | null; watch: boolean; check: boolean },
  ): Promise<ExitCode>;
  test(
    paths: readonly string[],
    options: {
      format: "pretty" | "json" | "junit";
      coverage: boolean;
      minCoverage: number | null;
      filter: string | null;
      watch: boolean;
      suggest: boolean;
    },
  ): Promise<ExitCode>;
  format(paths: readonly string[], options: { check: boolean }): Promise<ExitCode>;
  decide(flags: RequestFlags, policy: string | null): Promise<ExitCode>;
  explain(flags: RequestFlags, options: { policy: string | null; format: "pretty" | "json" }): Promise<ExitCode>;
  diff(
    base: string,
    head: string,
    options: {
      format: "pretty" | "json" | "markdown";
      failOn: "widened" | "narrowed" | "changed" | null;
      policy: string | null;
    },
  ): Promise<ExitCode>;
  prove(paths: readonly string[], options: { format: "pretty" | "json" }): Promise<ExitCode>;
  sign(model: string, options: { key: string; out: string | null; expires: string | null }): Promise<ExitCode>;
  verify(signed: string, options: { key: string; policy: string | null }): Promise<ExitCode>;
  auditVerify(trail: string, options: AuditVerifyOptions): Promise<ExitCode>;
  auditShow(trail: string, options: AuditShowOptions): Promise<ExitCode>;
  lsp(): Promise<ExitCode>;
  rules(which: string | null): Promise<ExitCode>;
}

/** The command line: every command with its flags, and what `--help` says of them. */
export function commandLine(commands: Commands, done: (code: ExitCode) => void): Command {
  const program = new Command("scruple")
    .description(
      "Policy as code for customer data: which data, for which purpose, over which channel, in which interaction.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showSuggestionAfterError()
    .addHelpText("after", text(generalHelp));
  const add = (name: string, description: string, example: string) =>
    program.command(name).description(description).addHelpText("after", text(example));

  add("init", "make a small project that checks, tests and builds", "Example:\n  scruple init my-shop")
    .argument("[dir]", "where to; the working directory if left out", folder)
    .action(async (dir?: string) => done(await commands.init(dir ?? null)));

  add("check", "report everything that is wrong with the policies", checkHelp)
    .argument("[paths...]", "files and folders to report on; the whole project is always read", collectPaths)
    .addOption(formatOption(["pretty", "json", "sarif", "github", "junit"]))
    .option("--max-warnings <n>", "fail if there are more warnings than that", wholeNumber)
    .option("--fix", "apply the fixes that leave no choice, and check again")
    .option("--watch", "check again after each change")
    .action(async (paths: string[], { format, maxWarnings, fix, watch }) =>
      done(
        await commands.check(paths, {
          format,
          maxWarnings: maxWarnings ?? null,
          fix: fix === true,
          watch: watch === true,
        }),
      ),
    );

  add("build", "check the policies and write their guards and models", buildHelp)
    .argument("[paths...]", "build only the policies in these files and folders", collectPaths)
    .option("--target <target>", `${targets.join(" or ")}; repeat it for both`, collectTargets, [])
    .option("--out <dir>", "write there instead of to the project's `out`", folder)
    .option("--check", "write nothing, and fail if the files on disk differ")
    .option("--watch", "build again after each change")
    .action(async (paths: string[], { target, out, check, watch }) =>
      done(
        await commands.build(paths, {
          targets: target,
          out: out ?? null,
          check: check === true,
          watch: watch === true,
        }),
      ),
    );

  add("test", "run the tests that the policies hold", testHelp)
    .argument("[paths...]", "run only the tests in these files and folders", collectPaths)
    .addOption(formatOption(["pretty", "json", "junit"]))
    .option("--filter <text>", "run the tests with this text in their name")
    .option("--coverage", "show which rules, branches of conditions and kinds of requests no test reaches")
    .option(
      "--suggest",
      "write tests for the kinds of requests and the branches that no test reaches; implies --coverage",
    )
    .option(
      "--min-coverage <n>",
      "fail if fewer than that percent of the rules are covered; implies --coverage",
      percent,
    )
    .option("--watch", "test again after each change")
    .action(async (paths: string[], { format, filter, coverage, minCoverage, watch, suggest }) =>
      done(
        await commands.test(paths, {
          format,
          filter: filter ?? null,
          coverage: coverage === true || suggest === true || minCoverage !== undefined,
          suggest: suggest === true,
          minCoverage: minCoverage ?? null,
          watch: watch === true,
        }),
      ),
    );

  add("format", "bring policies into their canonical layout", formatHelp)
    .argument("[paths...]", "files and folders; - reads standard input and writes standard output", collectPaths)
    .option("--check", "change nothing, and fail if a file would change")
    .action(async (paths: string[], { check }) => done(await commands.format(paths, { check: check === true })));

  addRequestFlags(
    add("decide", "decide requests: one from flags, or JSON Lines from standard input", decideHelp),
  ).action(async ({ policy, ...flags }) => done(await commands.decide(flags, policy ?? null)));

  addRequestFlags(add("explain", "say why one request is decided as it is, and what would change it", explainHelp))
    .addOption(formatOption(["pretty", "json"]))
    .action(async ({ policy, format, ...flags }) =>
      done(await commands.explain(flags, { policy: policy ?? null, format })),
    );

  add("diff", "show which requests two revisions of a policy decide otherwise", diffHelp)
    .argument("<base>", "a folder, a built model (*.model.json) or a git revision", path)
    .argument("[head]", "the same; the working directory if left out", path, ".")
    .addOption(formatOption(["pretty", "json", "markdown"]))
    .addOption(
      new Option("--fail-on <what>", "exit with 1 if something is so").choices(["widened", "narrowed", "changed"]),
    )
    .option("--policy <name>", "compare only this policy")
    .action(async (base: string, head: string, { format, failOn, policy }) =>
      done(await commands.diff(base, head, { format, failOn: failOn ?? null, policy: policy ?? null })),
    );

  add("prove", "prove or refute the promises, for every request that there can be", proveHelp)
    .argument("[paths...]", "only the policies in these files and folders", collectPaths)
    .addOption(formatOption(["pretty", "json"]))
    .action(async (paths: string[], { format }) => done(await commands.prove(paths, { format })));

  add("sign", "sign a built model, so that running guards take it over", signHelp)
    .argument("<model>", "a built model (*.model.json)")
    .requiredOption("--key <file>", "the Ed25519 private key, in PEM")
    .option("--out <file>", "write there instead of beside the model")
    .option("--expires <date>", "the last day, in UTC, on which guards go by it: `2027-01-31`", day)
    .action(async (model: string, { key, out, expires }) =>
      done(await commands.sign(model, { key, out: out ?? null, expires: expires ?? null })),
    );

  add("verify", "say whether a running guard would take a signed model", verifyHelp)
    .argument("<signed>", "what `scruple sign` wrote")
    .requiredOption("--key <file>", "the Ed25519 public key, in PEM")
    .option("--policy <name>", "the policy that it has to be of")
    .action(async (signed: string, { key, policy }) =>
      done(await commands.verify(signed, { key, policy: policy ?? null })),
    );

  addAuditCommands(
    add("audit", "verify the trail that guards leave, or show what is in it", auditHelp),
    commands,
    done,
  );

  add("lsp", "serve an editor: the language server, over standard input and output", lspHelp)
    .option("--stdio", "speak over standard input and output, which is all that it does")
    .action(async () => done(await commands.lsp()));

  add("rules", "list all diagnostics, or explain one", "Examples:\n  scruple rules\n  scruple rules SCR1001")
    .argument("[code]", "a code or a name")
    .action(async (code?: string) => done(await commands.rules(code ?? null)));

  return program;
}

function addRequestFlags(command: Command): Command {
  for (const name of ["consent", "objection"]) refuseBoth(command, name);
  return command
    .option("--policy <name>", "the policy that decides; needed if the project has several")
    .option("--id <text>", "what the decision carries back")
    .option("--interaction <name>", "a declared interaction")
    .option("--operation <word>", "collect, infer, combine, use or disclose")
    .option("--data <field>", "a field, with its age if you like: `orders.size@3 days`; repeatable", collect)
    .option("--with <field>", "for combine: the field to join with")
    .option("--purpose <name>", "the most specific purpose")
    .option("--channel <name>", "the most specific channel")
    .option("--recipient <name>", "one that the channel reaches; all of them if left out")
    .option("--precision <level>", "a level, if the data has levels; the finest if left out")
    .option("--subject <name=value>", "an attribute of the person; repeatable", collect)
    .option(
      "--fact <name=value>",
      "a declared or built-in fact: `data.age=2 days`, `local_time=09:30`; repeatable",
      collect,
    )
    .option(
      "--consent <purpose[@channel][:explicit]>",
      "a consent that was given; repeatable; unknown if left out",
      collect,
    )
    .option("--no-consent", "it is known that no consent was given")
    .option("--objection <purpose[@channel]>", "an objection that was made; repeatable; unknown if left out", collect)
    .option("--no-objection", "it is known that no objection was made");
}

/** Refuses `--x` beside `--no-x`, of which commander lets the later one win. It has to listen before commander does. */
function refuseBoth(command: Command, name: string): void {
  const refuse = () => command.error(`\`--${name}\` and \`--no-${name}\` contradict each other.`);
  command.on(`option:${name}`, () => command.getOptionValue(name) === false && refuse());
  command.on(`option:no-${name}`, () => Array.isArray(command.getOptionValue(name)) && refuse());
}

function formatOption(choices: readonly string[]): Option {
  return new Option("--format <format>", "how to write the report").choices(choices).default("pretty");
}

/** Commander hands on what it has so far. */
function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function collectPaths(value: string, before?: readonly string[]): string[] {
  return collect(path(value), before);
}

function collectTargets(value: string, before: readonly Target[]): Target[] {
  const chosen = value.split(",").map((one) => {
    const target = targets.find((known) => known === one.trim());
    if (target === undefined) throw new InvalidArgumentError(`It is one of ${targets.join(", ")}.`);
    return target;
  });
  return [...new Set([...before, ...chosen])];
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It has to be a whole number from 0.");
  return Number(value);
}

function day(value: string): string {
  if (!isDate(value)) throw new InvalidArgumentError("It has to be a day that exists, such as 2027-01-31.");
  return value;
}

function percent(value: string): number {
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number > 100) {
    throw new InvalidArgumentError("It has to be a number from 0 to 100.");
  }
  return number;
}

function text(paragraph: string): string {
  return `\n${paragraph.trim()}\n`;
}

const generalHelp = `
Example:
  scruple init my-shop && cd my-shop && scruple check && scruple test && scruple build

A project is the folder of the nearest scruple.json, in the working directory or above; without one it is the working
directory with every .scruple file in it.

Exit codes: 0 nothing wrong; 1 the policy is at fault; 2 the call is at fault; 3 Scruple is at fault.`;

const checkHelp = `
Examples:
  scruple check
  scruple check policies/offers.scruple --max-warnings 0
  scruple check --format sarif > findings.sarif`;

const buildHelp = `
Examples:
  scruple build
  scruple build --target javascript --out src/generated
  scruple build --check`;

const testHelp = `
Examples:
  scruple test
  scruple test --filter seat --watch
  scruple test --coverage --min-coverage 90 --format junit > tests.xml
  scruple test --suggest`;

const formatHelp = `
Examples:
  scruple format
  scruple format --check policies
  scruple format - < draft.scruple`;

const decideHelp = `
Examples:
  scruple decide --interaction offer_email --operation use --data "orders.purchases@20 days" \\
    --purpose direct_marketing --channel email --subject age=34 --consent direct_marketing@email --no-objection
  scruple decide --policy shop.customers < requests.jsonl > decisions.jsonl`;

const explainHelp = `
Examples:
  scruple explain --interaction offer_email --operation use --data "orders.purchases@20 days" \\
    --purpose direct_marketing --channel email --subject age=34
  head -1 requests.jsonl | scruple explain --format json

It shows every rule that bears on the request, and how each part of its condition came out: ✓ holds, ✗ does not, ? is
unknown. Then the smallest changes of facts, consents and other selectors under which it would be decided otherwise.`;

const diffHelp = `
Examples:
  scruple diff main
  scruple diff v1.4 HEAD --format markdown --fail-on widened
  scruple diff generated/shop.customers.model.json policies --format json

It compares what is decided, not what is written: regions that are allowed now, denied now, or allowed with other duties
and limits, each with a request to try. A folder counts before a revision of the same name.

--fail-on widened fails where something is allowed now, and where a duty or a limit is gone or looser; narrowed where something is
denied now, and where a duty or a limit is new or tighter; changed for either, and for other names. What cannot be told, or not be
compared, counts for each.`;

const signHelp = `
Examples:
  openssl genpkey -algorithm ed25519 -out release.key
  openssl pkey -in release.key -pubout -out release.pub
  scruple sign generated/shop.customers.model.json --key release.key
  scruple sign generated/shop.customers.model.json --key release.key --expires 2027-01-31

Guards that reload (@scruple/reload) take over what is signed with a key that they trust, and never go back to what was signed
before. Keep the private key where releases are made, and nowhere else; applications need the public one. With --expires,
guards deny everything once that day is over, so that nobody can keep them from what replaced the model.`;

const verifyHelp = `
Example:
  scruple verify generated/shop.customers.signed.json --key release.pub --policy shop.customers`;

const lspHelp = `
Example, in an editor's settings:
  scruple lsp --stdio

docs/editors.md has settings for Neovim, Helix, Zed, Emacs and JetBrains IDEs.`;

const proveHelp = `
Examples:
  scruple prove
  scruple prove policies/offers.scruple --format json

A promise is proved if no request breaks it. Else there is a request that does, which \`scruple explain\` takes as it is, and
the exit code is 1.`;
