import type { TestRun } from "@scruple/service";
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { onPolicyChanges } from "./policy-changes.ts";
import { PolicyCoverage } from "./policy-coverage.ts";
import { ask, isOvertaken, type TestsOfFile } from "./requests.ts";

/** The tests that policies hold, in VS Code's Test Explorer: to be run, and with what they reach. */
export class TestExplorer implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #controller = vscode.tests.createTestController("scruple", "Scruple");
  readonly #changes: vscode.Disposable;
  /** What is listed. */
  #listed = "";

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#changes = onPolicyChanges(client, () => this.#list());
    this.#controller.refreshHandler = () => this.#list();
    this.#controller.createRunProfile(
      "Run",
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    const coverage = this.#controller.createRunProfile(
      "Run with Coverage",
      vscode.TestRunProfileKind.Coverage,
      async (request, token) => this.#run(request, token, (run) => this.#cover(run, token)),
      true,
    );
    coverage.loadDetailedCoverage = async (_run, file) => (file instanceof PolicyCoverage ? file.details : []);
  }

  async #list(): Promise<void> {
    const files = await ask(this.#client, "scruple/tests", {});
    // Most edits leave the tests alone, and what a test came to is shown on its item.
    const listed = JSON.stringify(files);
    if (listed === this.#listed) return;
    this.#listed = listed;
    this.#controller.items.replace(files.map((file) => this.#fileItem(file)));
  }

  #fileItem({ uri, tests }: TestsOfFile): vscode.TestItem {
    const { asUri, asRange } = this.#client.protocol2CodeConverter;
    const place = asUri(uri);
    const item = this.#controller.createTestItem(uri, vscode.workspace.asRelativePath(place), place);
    item.children.replace(
      tests.map(({ name, range }) => {
        const test = this.#controller.createTestItem(idOf(uri, name), name, place);
        test.range = asRange(range);
        return test;
      }),
    );
    return item;
  }

  /** Runs one test, as a lens above it asks. @returns whether there is such a test */
  async runNamed(uri: string, name: string): Promise<boolean> {
    await this.#list();
    const test = this.#controller.items.get(uri)?.children.get(idOf(uri, name));
    if (test === undefined) return false;
    await this.#run(new vscode.TestRunRequest([test]), new vscode.CancellationTokenSource().token);
    return true;
  }

  async #run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    afterwards: (run: vscode.TestRun) => Promise<void> = async () => {},
  ): Promise<void> {
    const run = this.#controller.createTestRun(request);
    try {
      for (const [uri, tests] of this.#wanted(request)) {
        if (token.isCancellationRequested) break;
        for (const test of tests) run.started(test);
        await this.#runIn(run, uri, tests, token);
      }
      if (!token.isCancellationRequested) await afterwards(run);
    } finally {
      run.end();
    }
  }

  async #runIn(
    run: vscode.TestRun,
    uri: string,
    tests: readonly vscode.TestItem[],
    token: vscode.CancellationToken,
  ): Promise<void> {
    const [first, ...others] = tests;
    const only = first === undefined || others.length > 0 ? {} : { name: first.label };
    try {
      const results = await ask(this.#client, "scruple/runTests", { textDocument: { uri }, ...only }, token);
      for (const test of tests)
        this.#tell(
          run,
          test,
          results.find(({ name }) => name === test.label),
        );
    } catch (error) {
      for (const test of tests) {
        if (token.isCancellationRequested) run.skipped(test);
        else run.errored(test, new vscode.TestMessage((error as Error).message));
      }
    }
  }

  /** The tests that a run asks for, by their file's URI. */
  #wanted({ include, exclude }: vscode.TestRunRequest): ReadonlyMap<string, readonly vscode.TestItem[]> {
    const byFile = new Map<string, vscode.TestItem[]>();
    const add = (item: vscode.TestItem) => {
      if (exclude?.includes(item)) return;
      if (item.parent === undefined) item.children.forEach(add);
      else byFile.set(item.parent.id, [...(byFile.get(item.parent.id) ?? []), item]);
    };
    if (include === undefined) this.#controller.items.forEach(add);
    else for (const item of include) add(item);
    return byFile;
  }

  #tell(run: vscode.TestRun, test: vscode.TestItem, result: TestRun | undefined): void {
    if (result === undefined) {
      run.errored(test, new vscode.TestMessage("It was not run: the policy's errors come first."));
      return;
    }
    run.appendOutput(`${result.passed ? "✓" : "✗"} ${test.label}\r\n`);
    if (result.passed) {
      run.passed(test);
      return;
    }
    const { asRange } = this.#client.protocol2CodeConverter;
    const messages = result.cases
      .filter(({ passed }) => !passed)
      .map(({ differences, range }) => {
        const message = new vscode.TestMessage(differences.join("\n"));
        if (test.uri !== undefined) message.location = new vscode.Location(test.uri, asRange(range));
        return message;
      });
    run.failed(test, messages);
  }

  async #cover(run: vscode.TestRun, token: vscode.CancellationToken): Promise<void> {
    const { asRange } = this.#client.protocol2CodeConverter;
    for (const uri of await vscode.workspace.findFiles("**/*.scruple", "**/node_modules/**")) {
      const textDocument = { uri: this.#client.code2ProtocolConverter.asUri(uri) };
      const reached = await ask(this.#client, "scruple/coverage", { textDocument }, token).catch((error: unknown) => {
        if (isOvertaken(error))
          run.appendOutput(`${vscode.workspace.asRelativePath(uri)}: ${(error as Error).message}\r\n`);
        return null;
      });
      if (reached !== null && reached.rules.length > 0) run.addCoverage(new PolicyCoverage(uri, reached, asRange));
    }
  }

  dispose(): void {
    this.#changes.dispose();
    this.#controller.dispose();
  }
}

function idOf(uri: string, name: string): string {
  return `${uri}#${name}`;
}
