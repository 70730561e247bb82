import { targets } from "@scruple/project";
import { Command, Option } from "commander";
import { type AuditShowOptions, type AuditVerifyOptions, addAuditCommands, auditHelp } from "./audit/audit-commands.ts";
import type { BuildOptions } from "./commands/build.ts";
import type { CheckOptions } from "./commands/check.ts";
import type { DiffOptions } from "./commands/diff.ts";
import type { FormatOptions } from "./commands/format.ts";
import type { SignOptions } from "./commands/sign.ts";
import type { TestOptions } from "./commands/test.ts";
import type { VerifyOptions } from "./commands/verify.ts";
import type { RequestFlags } from "./decide/request-from-flags.ts";
import type { ExitCode } from "./exit.ts";
import {
  diffFormats,
  failures,
  type PlainFormat,
  plainFormats,
  reportFormats,
  testFormats,
} from "./terminal/choices.ts";
import { folder, path } from "./terminal/given-path.ts";
import * as help from "./terminal/help-texts.ts";
import { collect, collectPaths, collectTargets, day, percent, wholeNumber } from "./terminal/option-values.ts";
import { version } from "./version.ts";

/** What the command line calls; each gets its options read and checked, and answers with an exit code. */
export interface Commands {
  init(folder: string | null): Promise<ExitCode>;
  check(paths: readonly string[], options: CheckOptions): Promise<ExitCode>;
  build(paths: readonly string[], options: BuildOptions): Promise<ExitCode>;
  test(paths: readonly string[], options: TestOptions): Promise<ExitCode>;
  format(paths: readonly string[], options: FormatOptions): Promise<ExitCode>;
  decide(flags: RequestFlags, policy: string | null): Promise<ExitCode>;
  explain(flags: RequestFlags, options: { policy: string | null; format: PlainFormat }): Promise<ExitCode>;
  diff(base: string, head: string, options: DiffOptions): Promise<ExitCode>;
  prove(paths: readonly string[], options: { format: PlainFormat }): Promise<ExitCode>;
  sign(model: string, options: SignOptions): Promise<ExitCode>;
  verify(signed: string, options: VerifyOptions): Promise<ExitCode>;
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
    .addHelpText("after", text(help.general));
  const add = (name: string, description: string, example: string) =>
    program.command(name).description(description).addHelpText("after", text(example));

  add("init", "make a small project that checks, tests and builds", "Example:\n  scruple init my-shop")
    .argument("[dir]", "where to; the working directory if left out", folder)
    .action(async (dir?: string) => done(await commands.init(dir ?? null)));

  add("check", "report everything that is wrong with the policies", help.check)
    .argument("[paths...]", "files and folders to report on; the whole project is always read", collectPaths)
    .addOption(formatOption(reportFormats))
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

  add("build", "check the policies and write their guards and models", help.build)
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

  add("test", "run the tests that the policies hold", help.test)
    .argument("[paths...]", "run only the tests in these files and folders", collectPaths)
    .addOption(formatOption(testFormats))
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

  add("format", "bring policies into their canonical layout", help.format)
    .argument("[paths...]", "files and folders; - reads standard input and writes standard output", collectPaths)
    .option("--check", "change nothing, and fail if a file would change")
    .action(async (paths: string[], { check }) => done(await commands.format(paths, { check: check === true })));

  addRequestFlags(
    add("decide", "decide requests: one from flags, or JSON Lines from standard input", help.decide),
  ).action(async ({ policy, ...flags }) => done(await commands.decide(flags, policy ?? null)));

  addRequestFlags(add("explain", "say why one request is decided as it is, and what would change it", help.explain))
    .addOption(formatOption(plainFormats))
    .action(async ({ policy, format, ...flags }) =>
      done(await commands.explain(flags, { policy: policy ?? null, format })),
    );

  add("diff", "show which requests two revisions of a policy decide otherwise", help.diff)
    .argument("<base>", "a folder, a built model (*.model.json) or a git revision", path)
    .argument("[head]", "the same; the working directory if left out", path, ".")
    .addOption(formatOption(diffFormats))
    .addOption(new Option("--fail-on <what>", "exit with 1 if something is so").choices(failures))
    .option("--policy <name>", "compare only this policy")
    .action(async (base: string, head: string, { format, failOn, policy }) =>
      done(await commands.diff(base, head, { format, failOn: failOn ?? null, policy: policy ?? null })),
    );

  add("prove", "prove or refute the promises, for every request that there can be", help.prove)
    .argument("[paths...]", "only the policies in these files and folders", collectPaths)
    .addOption(formatOption(plainFormats))
    .action(async (paths: string[], { format }) => done(await commands.prove(paths, { format })));

  add("sign", "sign a built model, so that running guards take it over", help.sign)
    .argument("<model>", "a built model (*.model.json)")
    .requiredOption("--key <file>", "the Ed25519 private key, in PEM")
    .option("--out <file>", "write there instead of beside the model")
    .option("--expires <date>", "the last day, in UTC, on which guards go by it: `2027-01-31`", day)
    .action(async (model: string, { key, out, expires }) =>
      done(await commands.sign(model, { key, out: out ?? null, expires: expires ?? null })),
    );

  add("verify", "say whether a running guard would take a signed model", help.verify)
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

  add("lsp", "serve an editor: the language server, over standard input and output", help.lsp)
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

function text(paragraph: string): string {
  return `\n${paragraph.trim()}\n`;
}
