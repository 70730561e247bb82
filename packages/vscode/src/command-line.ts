import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Commands } from "./activate-soon.ts";
import type { commandLineNames } from "./command-names.ts";
import { Pages } from "./pages.ts";

/**
 * What the `scruple` command does better than a server: it comes with the extension, and runs in a process of its own.
 *
 * @param path of the command
 */
export function commandLine(
  context: vscode.ExtensionContext,
  path: string,
): Commands<(typeof commandLineNames)[number]> {
  const command = new CommandLine(path);
  const policies = new PolicyAtHand();
  const pages = new Pages("scruple-difference");
  context.subscriptions.push(pages, policies);
  void vscode.commands.executeCommand("setContext", "scruple.hasCommand", true);
  const told = (run: Promise<unknown>) => run.catch(({ message }: Error) => vscode.window.showErrorMessage(message));
  return {
    "scruple.buildGuards": () => told(buildGuards(command, policies.project)),
    "scruple.compareWithRevision": () => told(compareWithRevision(command, pages, policies.project)),
    "scruple.newProject": (given: unknown) => told(newProject(command, given instanceof vscode.Uri ? given : null)),
  };
}

/** A run of the command: what it printed, and how it ended. */
interface Run {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

class CommandLine {
  /** Where the bundled command is. */
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  run(args: readonly string[], cwd: string): Promise<Run> {
    // In a desktop's extension host the executable is Electron's, and must be told to be Node.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", NO_COLOR: "1" };
    const options = { cwd, env, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [this.#path, ...args], options, (error, out, errors) => {
        if (error !== null && typeof error.code !== "number") reject(error);
        else resolve({ code: typeof error?.code === "number" ? error.code : 0, out, errors });
      });
    });
  }
}

/** The policy that is looked at, or was last: a page such as the walkthrough is none. */
class PolicyAtHand implements vscode.Disposable {
  #path: string | null = null;
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#follow(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor));
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    const document = editor?.document;
    if (document?.languageId === "scruple" && document.uri.scheme === "file") this.#path = document.uri.fsPath;
  }

  /** Its project: where the nearest scruple.json is; else the first folder of the workspace. @throws where no folder is open */
  readonly project = (): string => {
    if (this.#path !== null)
      for (let at = dirname(this.#path); at !== dirname(at); at = dirname(at))
        if (existsSync(join(at, "scruple.json"))) return at;
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
    if (folder === undefined) throw new Error("Open a folder with policies first.");
    return folder.uri.fsPath;
  };

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Writes the guards of a project, as its scruple.json says. @param projectAtHand its folder */
async function buildGuards(command: CommandLine, projectAtHand: () => string): Promise<void> {
  const cwd = projectAtHand();
  await saveEdited();
  const { code, out, errors } = await command.run(["build"], cwd);
  if (code === 0)
    return void vscode.window.showInformationMessage(lastLine(errors) || lastLine(out) || "Guards are built.");
  if (code === 1) await vscode.commands.executeCommand("workbench.actions.view.problems");
  throw new Error(`No guard was built. ${lastLine(errors) || lastLine(out)}`);
}

/** Shows which requests are decided otherwise than in a git revision. */
async function compareWithRevision(command: CommandLine, pages: Pages, projectAtHand: () => string): Promise<void> {
  const cwd = projectAtHand();
  const revision = await vscode.window.showInputBox({
    title: "Compare with Git Revision",
    prompt: "A branch, a tag or a commit. What is decided otherwise there is shown with a request to try.",
    value: "HEAD",
  });
  if (!revision) return;
  await saveEdited();
  const { code, out, errors } = await command.run(["diff", "--format", "markdown", "--", revision], cwd);
  if (out.trim() === "" || code > 1) throw new Error(errors.trim() || `Nothing could be compared with ${revision}.`);
  await pages.show(`Since ${revision}`, out);
}

/** Writes a small project that checks, tests and builds into a folder, the given one or one that is asked for, and opens it. */
async function newProject(command: CommandLine, given: vscode.Uri | null): Promise<void> {
  const folder = given ?? (await chooseFolder());
  if (folder === undefined) return;
  const { code, errors } = await command.run(["init", "."], folder.fsPath);
  if (code !== 0) throw new Error(errors.trim());
  const isOpen = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  if (!isOpen) await vscode.commands.executeCommand("vscode.openFolder", folder);
  else await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, "policies/shop.scruple"));
}

/** Saves what the command is to read. The editor's own `saveAll` leaves out files that a rename has changed and nobody has opened yet. */
async function saveEdited(): Promise<void> {
  const edited = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.scheme === "file");
  for (const document of edited) {
    if (!(await document.save()))
      throw new Error(`${vscode.workspace.asRelativePath(document.uri)} could not be saved.`);
  }
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const workspace = vscode.workspace.workspaceFolders?.[0];
  const chosen = await vscode.window.showOpenDialog({
    // By itself it begins beside the file that is looked at, which may be deep in another project.
    ...(workspace === undefined ? {} : { defaultUri: workspace.uri }),
    title: "Folder of the New Policy Project",
    openLabel: "Make Project",
    ...{ canSelectFiles: false, canSelectFolders: true, canSelectMany: false },
  });
  return chosen?.[0];
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
