import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";

/** How often the line is drawn anew, in milliseconds. */
const pace = 200;

/** One line on standard error that counts what was done; nothing where nobody looks. */
export class Progress {
  readonly #console: Console;
  readonly #unit: string;
  #next = performance.now() + pace;
  #shown = false;

  /** @param unit what is counted, in the singular */
  constructor(console: Console, unit: string) {
    this.#console = console;
    this.#unit = unit;
  }

  show(count: number): void {
    if (!this.#console.showsProgress || performance.now() < this.#next) return;
    this.#next = performance.now() + pace;
    this.#shown = true;
    this.#console.noteRaw(`\r\u001b[K${plural(count, this.#unit)} …`);
  }

  clear(): void {
    if (this.#shown) this.#console.noteRaw("\r\u001b[K");
  }
}
