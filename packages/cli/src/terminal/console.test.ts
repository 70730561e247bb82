import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { CallError } from "../exit.ts";
import { testIo } from "../fixtures/project.ts";
import type { Io, Sink } from "../io.ts";
import { Console } from "./console.ts";

describe("colour", () => {
  const painted = (options: { tty?: boolean; env?: Record<string, string>; pretty?: boolean }) => {
    const { io } = testIo("/", options);
    return new Console(io, { pretty: options.pretty ?? true }).paint("red", "x") !== "x";
  };
  test("is for a terminal", () => {
    expect(painted({ tty: true })).toBe(true);
    expect(painted({})).toBe(false);
  });
  test("is off where the environment speaks against it", () => {
    expect(painted({ tty: true, env: { NO_COLOR: "1" } })).toBe(false);
    expect(painted({ tty: true, env: { CI: "true" } })).toBe(false);
    expect(painted({ tty: true, env: { TERM: "dumb" } })).toBe(false);
    expect(painted({ tty: true, env: { CI: "false", NO_COLOR: "" } })).toBe(true);
  });
  test("is off in any format but pretty", () => expect(painted({ tty: true, pretty: false })).toBe(false));
});

test("what is wrong begins alike, and red where there is colour", () => {
  const said = (tty: boolean) => {
    const { io, err } = testIo("/", { tty });
    new Console(io, { pretty: true }).noteError("It is so.");
    return err();
  };
  expect(said(false)).toBe("error: It is so.\n");
  expect(said(true)).toBe("\u001b[31merror:\u001b[39m It is so.\n");
});

/** Standard output that fails with a code from the first byte on. */
function failing(code: string): Io {
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });
  return { ...testIo("/", {}).io, stdout: stdout as Sink };
}

describe("standard output", () => {
  test("may be closed by its reader, and that is no error", async () => {
    const console = new Console(failing("EPIPE"), { pretty: true });
    const stop = console.listen();
    await console.printSlowly("x".repeat(1 << 20));
    expect(console.closed).toBe(true);
    await console.printSlowly("more");
    await console.finish();
    stop();
  });

  test("on a full disk is the caller's to mend", async () => {
    const console = new Console(failing("ENOSPC"), { pretty: true });
    const stop = console.listen();
    await console.printSlowly("x".repeat(1 << 20));
    await expect(console.finish()).rejects.toThrow(CallError);
    stop();
  });

  test("that is slow holds up whoever writes", async () => {
    let taken = 0;
    const stdout = new Writable({
      highWaterMark: 10,
      write: (chunk, _encoding, done) => {
        taken += chunk.length;
        setTimeout(done, 1);
      },
    });
    const console = new Console({ ...testIo("/", {}).io, stdout: stdout as Sink }, { pretty: true });
    for (let i = 0; i < 20; i++) await console.printSlowly("0123456789");
    expect(taken).toBe(200);
  });
});
