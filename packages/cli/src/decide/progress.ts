import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";

/** How often the line is drawn anew, in milliseconds. */
const pace = 200;

/** One line on standard error that counts requests; nothing where nobody looks. */
export class Progress {
  readonly #console: Console;
  #next = performance.now() + pace;
  #shown = false;

  constructor(console: Console) {
    this.#console = console;
  }

  show(requests: number): void {
    if (!this.#console.showsProgress || performance.now() < this.#next) return;
    this.#next = performance.now() + pace;
    this.#shown = true;
    this.#console.noteRaw(`\r\u001b[K${plural(requests, "request")} …`);
  }

  clear(): void {
    if (this.#shown) this.#console.noteRaw("\r\u001b[K");
  }
}
