import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts both applications as `npm run applications` does, at free ports. */
export async function started() {
  const main = new URL("../main.js", import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, DESK_PORT: "0", SHOP_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const addresses = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [address] = line.match(/http:\S+/) ?? [];
    if (address !== undefined) addresses.push(address);
    if (addresses.length === 2) break;
  }
  const [desk, shop] = addresses;
  if (shop === undefined) throw new Error("The applications did not start.");
  return {
    desk,
    shop,
    /** As Ctrl-C does. @returns {Promise<number | null>} the exit code */
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.kill("SIGINT");
      }),
  };
}
