import { type ChildProcess, spawn } from "node:child_process";
import type { MessageConnection, TextDocumentContentChangeEvent } from "vscode-languageserver-protocol";
import * as protocol from "vscode-languageserver-protocol/node";

/** A request or a notification that the server has sent. */
export interface Received {
  readonly method: string;
  readonly params: unknown;
}

type Parameters = { readonly [Key in keyof protocol.InitializeParams]?: protocol.InitializeParams[Key] | undefined };

export interface LanguageClientOptions {
  /** URIs of the workspace's folders. */
  readonly folders?: readonly string[];
  readonly capabilities?: protocol.ClientCapabilities;
  /** What `initialize` says otherwise; what is undefined here is left out. */
  readonly initialize?: Parameters;
  /** What the server's environment has besides this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that the server has for one answer; 20 000 where it is left out. */
  readonly patience?: number;
}

/**
 * An editor for tests: starts a language server as a process of its own and speaks the protocol with it over its standard
 * streams. It keeps everything that the server sends unasked.
 */
export class LanguageClient {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly received: Received[] = [];
  /** What `initialize` was answered. */
  initialized!: protocol.InitializeResult;
  /** The exit code, once the process has ended. */
  readonly exited: Promise<number | null>;
  readonly #patience: number;
  readonly #waiting = new Set<() => void>();

  private constructor(command: readonly string[], { patience = 20_000, env = {} }: LanguageClientOptions) {
    const [program = "", ...argv] = command;
    this.#patience = patience;
    this.process = spawn(program, argv, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
    this.exited = new Promise((resolve) => this.process.once("close", (code) => resolve(code)));
    this.process.stdin!.on("error", () => {});
    this.connection = protocol.createMessageConnection(
      new protocol.StreamMessageReader(this.process.stdout!),
      new protocol.StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onError(() => {});
    this.connection.onNotification((method, params) => this.#receive(method, params));
    this.connection.onRequest((method, params) => {
      this.#receive(method, params);
      return null;
    });
    this.connection.listen();
  }

  /** Starts a server and has it answer `initialize`. @param command the program and its arguments */
  static async start(command: readonly string[], options: LanguageClientOptions = {}): Promise<LanguageClient> {
    const client = new LanguageClient(command, options);
    const folders = options.folders ?? [];
    client.initialized = await client.request("initialize", {
      processId: process.pid,
      rootUri: folders[0] ?? null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf("/") + 1) })),
      capabilities: options.capabilities ?? {},
      ...options.initialize,
    });
    await client.notify("initialized", {});
    return client;
  }

  #receive(method: string, params: unknown): void {
    this.received.push({ method, params });
    for (const wake of this.#waiting) wake();
  }

  /** Sends a request. Rejects with the server's error, and where no answer comes in time. */
  async request<Answer>(method: string, params?: unknown, token?: protocol.CancellationToken): Promise<Answer> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer to \`${method}\` came in time.`)), this.#patience);
    });
    const given = [...(params === undefined ? [] : [params]), ...(token === undefined ? [] : [token])];
    const answer = this.connection.sendRequest<Answer>(method, ...given);
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  notify(method: string, params?: unknown): Promise<void> {
    return params === undefined
      ? this.connection.sendNotification(method)
      : this.connection.sendNotification(method, params);
  }

  /** The first thing that the server sends, or has sent from `from` on, that is as wanted. */
  async until(isWanted: (received: Received) => boolean, from = 0): Promise<Received> {
    for (const end = Date.now() + this.#patience; ; ) {
      const found = this.received.slice(from).find(isWanted);
      if (found !== undefined) return found;
      const left = end - Date.now();
      if (left <= 0) throw new Error("What was waited for did not come in time.");
      await this.#next(left);
    }
  }

  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
    });
  }

  /** The diagnostics that were last published of a file, once there are some that are as wanted. */
  async published(
    uri: string,
    isWanted: (diagnostics: readonly protocol.Diagnostic[]) => boolean = () => true,
  ): Promise<readonly protocol.Diagnostic[]> {
    const last = () =>
      this.received.findLast(
        ({ method, params }) => method === "textDocument/publishDiagnostics" && (params as { uri: string }).uri === uri,
      )?.params as { diagnostics: protocol.Diagnostic[] } | undefined;
    await this.until(() => {
      const found = last();
      return found !== undefined && isWanted(found.diagnostics);
    });
    return last()!.diagnostics;
  }

  open(uri: string, text: string, version = 1): Promise<void> {
    return this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "scruple", version, text } });
  }

  change(uri: string, version: number, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    return this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): Promise<void> {
    return this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** Ends the server as an editor does. @returns its exit code */
  async stop(): Promise<number | null> {
    await this.request("shutdown");
    await this.notify("exit");
    const code = await this.exited;
    this.connection.dispose();
    return code;
  }

  /** Ends the server whatever it does, for a test's end. */
  kill(): void {
    this.connection.dispose();
    this.process.kill("SIGKILL");
  }
}
