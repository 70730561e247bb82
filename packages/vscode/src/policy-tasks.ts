import { dirname } from "node:path";
import * as vscode from "vscode";

/** What the command does as a task, and the group that the editor has for it. */
const kinds: ReadonlyMap<string, { readonly detail: string; readonly group?: vscode.TaskGroup }> = new Map([
  ["check", { detail: "Every diagnostic of the project, promises included" }],
  ["build", { detail: "Checks the project, then writes its guards", group: vscode.TaskGroup.Build }],
  ["test", { detail: "Runs the tests that the policies hold", group: vscode.TaskGroup.Test }],
]);

interface Definition extends vscode.TaskDefinition {
  readonly command: string;
  /** Folder of the project, relative to the workspace's folder; that itself where it is left out. */
  readonly project?: string;
}

/**
 * `scruple: check`, `build` and `test` for each project of the workspace, by the command that comes with the extension; as tasks they
 * run in a terminal, and what they find is in the list of problems.
 *
 * @param command its path
 */
export class PolicyTasks implements vscode.TaskProvider {
  readonly #command: string;

  constructor(command: string) {
    this.#command = command;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const configs = await vscode.workspace.findFiles("**/scruple.json", "**/node_modules/**");
    const projects = new Map<string, vscode.WorkspaceFolder>();
    for (const { fsPath, scheme } of configs) {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fsPath));
      if (scheme === "file" && folder !== undefined) projects.set(dirname(fsPath), folder);
    }
    return [...projects].sort().flatMap(([path, folder]) => {
      const project = path === folder.uri.fsPath ? {} : { project: path.slice(folder.uri.fsPath.length + 1) };
      return [...kinds.keys()].map((command) => this.#task({ type: "scruple", command, ...project }, folder));
    });
  }

  /** Completes what a tasks.json says. */
  resolveTask({ definition, scope }: vscode.Task): vscode.Task | undefined {
    const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
    const { command, project } = definition;
    const isSound = kinds.has(command) && (project === undefined || typeof project === "string");
    return folder === undefined || !isSound ? undefined : this.#task(definition as Definition, folder);
  }

  #task(definition: Definition, folder: vscode.WorkspaceFolder): vscode.Task {
    const { command, project } = definition;
    const cwd = vscode.Uri.joinPath(folder.uri, project ?? "").fsPath;
    // In a desktop's extension host the executable is Electron's, and must be told to be Node.
    const run = new vscode.ProcessExecution(process.execPath, [this.#command, command], {
      cwd,
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
    const name = project === undefined ? command : `${command} ${project}`;
    const task = new vscode.Task(definition, folder, name, "scruple", run, "$scruple");
    const { detail, group } = kinds.get(command)!;
    task.detail = detail;
    if (group !== undefined) task.group = group;
    return task;
  }
}
