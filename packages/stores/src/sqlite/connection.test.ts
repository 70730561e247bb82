import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { Connection } from "./connection.ts";

const soon = () => performance.now() + 30_000;

function openTable() {
  const folder = mkdtempSync(join(tmpdir(), "scruple-connection-"));
  const path = join(folder, "numbers.db");
  const connection = new Connection(path);
  onTestFinished(() => {
    connection.close();
    rmSync(folder, { recursive: true });
  });
  connection.database.exec("create table numbers (n integer primary key) strict");
  const add = (n: number) => connection.database.prepare("insert into numbers values (?)").run(n);
  const numbers = () => connection.database.prepare("select n from numbers order by n").pluck().all();
  return { path, connection, add, numbers };
}

test("what comes in one turn waits for the disk once", async () => {
  const { connection, add, numbers } = openTable();
  const exec = vi.spyOn(connection.database, "exec");
  const answers = await Promise.all([1, 2, 3].map((n) => connection.write(soon(), () => add(n) && n * 10)));
  expect(answers).toEqual([10, 20, 30]);
  expect(numbers()).toEqual([1, 2, 3]);
  expect(exec.mock.calls.flat()).toEqual(["begin immediate", "commit"]);
});

test("one that fails comes to nothing, and stops no other", async () => {
  const { connection, add, numbers } = openTable();
  const half = () => {
    add(2);
    throw new RangeError("not this one");
  };
  const answers = await Promise.allSettled([
    connection.write(soon(), () => add(1)),
    connection.write(soon(), half),
    connection.write(soon(), () => add(3)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(numbers()).toEqual([1, 3]);
});

test("more than is written at once is written all the same, in its order", async () => {
  const { connection, add, numbers } = openTable();
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      await connection.write(soon(), () => add(n));
      order.push(n);
    }),
  );
  expect(numbers()).toHaveLength(200);
  expect(order).toEqual(Array.from({ length: 200 }, (_, n) => n));
});

test.each([0, Number.NaN])("nobody waits for ever for a file that is locked: until %s", async (deadline) => {
  const { path, connection, add } = openTable();
  const other = new Connection(path);
  onTestFinished(() => other.close());
  other.database.exec("begin immediate");
  await expect(connection.write(deadline, () => add(1))).rejects.toThrow("is locked by others and stayed so");
});

test("what waits when the file is closed is refused", async () => {
  const { connection, add } = openTable();
  const waiting = connection.write(soon(), () => add(1));
  connection.close();
  await expect(waiting).rejects.toThrow("numbers.db` is closed");
});
