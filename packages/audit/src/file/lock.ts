import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readdir, rename, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TrailError } from "./trail-error.ts";
import { readIfThere } from "./trail-folder.ts";

/** Who writes to a folder. */
interface Writer {
  readonly pid: number;
  readonly machine: string;
  /** Which start of the machine; "" where it does not say. */
  readonly boot: string;
  /** When the process started, as the machine counts; "" where it does not say. */
  readonly started: string;
}

const lockFile = /^writer-.*\.lock$/;

/**
 * Makes this process the only writer in a folder, until the returned function is called or the process ends, however
 * it ends. Whoever comes puts up a flag of its own first and looks for others after that, so that of two who come at
 * once at least one sees the other. Flags of processes that are gone are taken down; whether a process on another
 * machine is gone cannot be seen, so its flag counts.
 *
 * @param machine the name of this machine
 * @throws TrailError where another process has the folder
 */
export async function takeLock(folder: string, machine = hostname()): Promise<() => Promise<void>> {
  const me: Writer = { pid: process.pid, machine, boot: bootId(), started: startOf(process.pid) ?? "" };
  const own = `writer-${me.pid}-${randomBytes(6).toString("hex")}.lock`;
  const path = join(folder, own);
  const release = () => unlink(path).catch(ignoreMissing);
  for (let tries = 1; ; tries++) {
    await writeFile(`${path}.new`, `${JSON.stringify(me)}\n`);
    await rename(`${path}.new`, path);
    let other: string | null;
    try {
      other = await otherWriter(folder, own, machine);
    } catch (error) {
      await release();
      throw error;
    }
    if (other === null) return release;
    await release();
    if (tries === 3) throw new TrailError(other);
    // Two who saw each other come back at different times.
    await sleep(10 + Math.random() * 40);
  }
}

/** @returns why the folder cannot be had; null where nobody else has it */
async function otherWriter(folder: string, own: string, machine: string): Promise<string | null> {
  for (const name of (await readdir(folder)).filter((one) => lockFile.test(one) && one !== own)) {
    const text = await readIfThere(join(folder, name));
    if (text === null) continue;
    const writer = readWriter(text);
    if (writer === null) {
      return `Whose lock \`${name}\` is cannot be read. If no process writes to \`${folder}\`, remove that file.`;
    }
    if (writer.machine !== machine) {
      return `The process ${writer.pid} on the machine \`${writer.machine}\` writes to \`${folder}\`. If that machine is gone, remove \`${name}\`.`;
    }
    if (isAlive(writer)) {
      return `The process ${writer.pid} writes to \`${folder}\` already. Each process needs a folder of its own, or a trail on a database.`;
    }
    await unlink(join(folder, name)).catch(ignoreMissing);
  }
  return null;
}

function readWriter(text: string): Writer | null {
  try {
    const { pid, machine, boot, started } = JSON.parse(text);
    if (!Number.isSafeInteger(pid) || pid <= 0) return null;
    return [machine, boot, started].every((part) => typeof part === "string") ? { pid, machine, boot, started } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, boot, started }: Writer): boolean {
  if (boot !== bootId()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Any other error says that there is one, which belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
  // Numbers of processes are used again.
  const now = startOf(pid);
  return now !== null && (now === "" || started === "" || now === started);
}

/** When a process started; "" where the system does not say; null where it has ended and nobody has asked how. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything; the state and what counts follow it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // One that was killed is at an end when its last thread is: until then a write may be under way.
    const hasEnded = fields[0] === "Z" && readdirSync(`/proc/${pid}/task`).length <= 1;
    return hasEnded ? null : (fields[19] ?? "");
  } catch {
    return "";
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
