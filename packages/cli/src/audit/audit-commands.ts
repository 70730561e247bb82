import { type Command, InvalidArgumentError, Option } from "commander";
import type { ExitCode } from "../exit.ts";
import { type PlainFormat, plainFormats } from "../terminal/choices.ts";
import { path } from "../terminal/given-path.ts";
import { moment } from "./moment.ts";
import { outcomes } from "./outcomes.ts";

export interface AuditVerifyOptions {
  readonly format: PlainFormat;
  /** A receipt that was kept elsewhere. */
  readonly head: { readonly index: number; readonly hash: string } | null;
  /** The file with the key that signs marks. */
  readonly publicKey: string | null;
}

/** What an entry has to be shown; null lets all through. */
export interface AuditFilter {
  readonly interaction: string | null;
  readonly rule: string | null;
  readonly decision: string | null;
  readonly outcome: string | null;
  /** ISO 8601 in UTC with milliseconds, as entries have it. */
  readonly since: string | null;
  /** The same; entries have to be older. */
  readonly until: string | null;
}

export interface AuditShowOptions extends AuditFilter {
  readonly format: PlainFormat;
  readonly subject: string | null;
  readonly keyFiles: readonly string[];
}

/** `scruple audit verify` and `scruple audit show`. */
export function addAuditCommands(
  audit: Command,
  commands: {
    auditVerify(trail: string, options: AuditVerifyOptions): Promise<ExitCode>;
    auditShow(trail: string, options: AuditShowOptions): Promise<ExitCode>;
  },
  done: (code: ExitCode) => void,
): void {
  const format = () => new Option("--format <format>", "how to write it").choices(plainFormats).default("pretty");
  audit
    .command("verify")
    .description("say whether a trail is as it was written, and if not, at which entry")
    .argument("<trail>", "a trail's folder, or one of its files", path)
    .addOption(format())
    .option("--head <receipt>", "a receipt that was kept elsewhere, such as `41:sha256:…`", receipt)
    .option("--public-key <file>", "the Ed25519 public key, in PEM, of what signs the trail's head and checkpoints")
    .addHelpText("after", `\n${verifyHelp.trim()}\n`)
    .action(async (trail: string, { format, head, publicKey }) =>
      done(await commands.auditVerify(trail, { format, head: head ?? null, publicKey: publicKey ?? null })),
    );
  audit
    .command("show")
    .description("say what was decided, from the oldest entry")
    .argument("<trail>", "a trail's folder, or one of its files", path)
    .addOption(format())
    .option("--interaction <name>", "only of this interaction")
    .option("--rule <path>", "only where this rule decided, or might have")
    .addOption(new Option("--decision <word>", "only what was decided so").choices(["allow", "deny"]))
    .addOption(new Option("--outcome <word>", "only what came to this").choices(outcomes))
    .option("--since <moment>", "only from then on: `2026-11-22`, `2026-11-22T09:30Z`", (text) => moment(text, 0))
    .option("--until <moment>", "only before then; of a day, up to its end", (text) => moment(text, 1))
    .option("--subject <id>", "only about this person; needs the key that the trail was written with")
    .option("--key-file <file>", "the file with that key; repeat it for older ones", collect, [])
    .addHelpText("after", `\n${showHelp.trim()}\n`)
    .action(async (trail: string, { format, keyFile, ...filter }) =>
      done(
        await commands.auditShow(trail, {
          format,
          interaction: filter.interaction ?? null,
          rule: filter.rule ?? null,
          decision: filter.decision ?? null,
          outcome: filter.outcome ?? null,
          since: filter.since ?? null,
          until: filter.until ?? null,
          subject: filter.subject ?? null,
          keyFiles: keyFile,
        }),
      ),
    );
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function receipt(text: string): AuditVerifyOptions["head"] {
  const match = /^(\d{1,15}):(sha256:[0-9a-f]{64})$/.exec(text);
  if (match === null) throw new InvalidArgumentError("It has to be an index and a hash, such as 41:sha256:….");
  return { index: Number(match[1]), hash: match[2]! };
}

export const auditHelp = `
Examples:
  scruple audit verify trails/desk
  scruple audit show trails/desk --decision deny --since 2026-11-22

Each of the two has a help of its own.`;

const verifyHelp = `
Examples:
  scruple audit verify trails/desk
  scruple audit verify trails/desk --head 41:sha256:6f0c… --format json
  scruple audit verify trails/desk --public-key audit.pub

Whatever was changed, removed, put in or moved is found, and the exit code is 1. What the folder holds cannot show that
nobody wrote all of it anew, or put an older copy back: for that keep the last receipt, which this command prints, where
those who write the trail cannot, and give it next time.`;

const showHelp = `
Examples:
  scruple audit show trails/desk --interaction offer_email --decision deny
  scruple audit show trails/desk --subject p-17 --key-file audit.key --format json
  scruple audit show trails/desk --outcome failed --since 2026-11-01 --until 2026-11-22

It shows what is there, and verifies nothing.`;
