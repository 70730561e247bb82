import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** A database server of the test's own. */
export class ServerProcess {
  readonly port: number;
  readonly #command: Command;
  #child: ChildProcess | undefined;
  #said = "";

  constructor(port: number, command: Command) {
    this.port = port;
    this.#command = command;
  }

  /** Starts it, and waits until it listens. */
  async start(): Promise<void> {
    const child = spawn(this.#command.file, this.#command.args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        this.#said = (this.#said + text).slice(-4000);
      });
    }
    while (!(await listens(this.port))) {
      if (child.exitCode !== null) throw new Error(`${this.#command.file} has ended: ${this.#said}`);
      await sleep(50);
    }
  }

  /** Whether it has ended by itself. */
  get hasEnded(): boolean {
    return this.#child !== undefined && (this.#child.exitCode !== null || this.#child.signalCode !== null);
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    // Redis does not end while it writes its first append-only file, and forgets that it was asked to.
    for (let hasExited = false; !hasExited; ) {
      child.kill(signal);
      hasExited = await Promise.race([ended.then(() => true), sleep(1_000, false, { ref: false })]);
    }
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}
