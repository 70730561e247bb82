import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desk } from "./desk/desk.js";
import { shop } from "./shop/shop.js";

/** Starts both applications on this machine alone. Ports from the environment: `DESK_PORT`, `SHOP_PORT`; 0 takes any. */
const folder = mkdtempSync(join(tmpdir(), "scruple-applications-"));
const applications = [
  { name: "The airline's desk", app: await desk({ folder }), port: Number(process.env.DESK_PORT ?? 4101) },
  { name: "The shop", app: await shop({ folder }), port: Number(process.env.SHOP_PORT ?? 4102) },
];
for (const { name, app, port } of applications) {
  const address = await app.listen({ host: "127.0.0.1", port });
  console.log(`${name}: ${address}`);
}
console.log("Ctrl-C stops them, and forgets what was done.");

const stop = async () => {
  await Promise.all(applications.map(({ app }) => app.close()));
  rmSync(folder, { recursive: true, force: true });
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
