import { createServer } from "vite";
import { expect, onTestFinished, test, vi } from "vitest";
import { apps } from "../fixtures/app.ts";
import { denial, misspelt, request, shop } from "../fixtures/policies.ts";
import { scruple } from "../index.ts";
import { startChromium } from "./browser.ts";

const app = apps();
const page = `<!doctype html>
<p></p>
<script type="module">
  import { decide } from "./policies/shop.scruple";
  document.querySelector("p").textContent = decide(${JSON.stringify(request)}).decision;
</script>
`;
const patience = { timeout: 60_000, interval: 50 };

test("a page that Vite serves takes the guard of the policies as they are, and shows what is wrong with them", async () => {
  const one = app({ ...shop, "index.html": page });
  const server = await createServer({
    root: one.root,
    configFile: false,
    logLevel: "silent",
    plugins: [scruple.vite()],
    server: { host: "127.0.0.1", port: 0 },
  });
  onTestFinished(() => server.close());
  await server.listen();
  const browser = await startChromium();
  onTestFinished(() => browser.close());
  const opened = await browser.newPage();
  await opened.goto(server.resolvedUrls?.local[0] ?? "");
  const shown = (text: string) =>
    vi.waitFor(
      async () => expect(await opened.evaluate<string>("document.querySelector('p').textContent")).toBe(text),
      patience,
    );
  await shown("allow");
  one.write("policies/denial.scruple", denial);
  await shown("deny");
  one.write("policies/denial.scruple", misspelt);
  const overlay = "document.querySelector('vite-error-overlay')?.shadowRoot.textContent ?? ''";
  await vi.waitFor(async () => expect(await opened.evaluate<string>(overlay)).toContain("`nots`"), patience);
  one.write("policies/denial.scruple", "policy shop\n");
  await shown("allow");
});
