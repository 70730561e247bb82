import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type Browser as Chromium, chromium } from "playwright-core";

const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };
/** Debian's; elsewhere, say where. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export interface Browser {
  /** What a module of the folder answers in a page. */
  inPage(module: string): Promise<readonly string[]>;
  /** What it answers in a worker of that page, where nothing says what bare names stand for. */
  inWorker(module: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @throws Error where there is none */
export async function startChromium(): Promise<Chromium> {
  if (!existsSync(executablePath))
    throw new Error(`There is no Chromium at ${executablePath}; install it, or say in CHROMIUM where it is.`);
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** A Chromium that sees one folder, which has a `page.html`. */
export async function openBrowser(folder: string): Promise<Browser> {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url ?? "/", "http://localhost").pathname);
    const type = types[extname(path)];
    if (type === undefined || !existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": type }).end(readFileSync(path));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await startChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page.html`);
  // Texts, not functions: what runs in the page must not be what the test runner makes of this file.
  const inPage = (module: string) => `import("/${module}").then(({ answer }) => answer())`;
  const inWorker = (module: string) => `new Promise((resolve, reject) => {
    const worker = new Worker("/worker.js?module=/${module}", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  })`;
  return {
    inPage: (module) => page.evaluate<readonly string[]>(inPage(module)),
    inWorker: (module) => page.evaluate<readonly string[]>(inWorker(module)),
    close: async () => {
      await browser.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}
