import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { format, parse } from "@scruple/syntax";
import { median } from "./statistics.mjs";

const onePage = readFileSync(new URL("../packages/syntax/src/fixtures/one-page.scruple", import.meta.url), "utf8");

/** The one-page example `times` over as one file: what it declares gets names of its own each time. */
function longPolicy(times) {
  const [header, ...rest] = onePage.split("\n");
  const page = rest.join("\n");
  const declared = page.matchAll(/^(?:category|source|condition|duty|interaction) (\w+)/gm);
  const names = new RegExp(`\\b(${[...declared].map(([, name]) => name).join("|")}|private_matters)\\b`, "g");
  const pages = Array.from({ length: times }, (_, place) => page.replace(names, `$1_${place}`));
  return [header, ...pages].join("\n");
}

/** Lines a second of the parser, and of the formatter with the parser in it, once both are warm: medians of `runs`. */
export function benchParse({ pages = 200, runs = 15 } = {}) {
  const text = longPolicy(pages);
  const lines = text.split("\n").length;
  if (parse(text).findings.length > 0) throw new Error("The policy to be measured has syntax errors.");
  const rate = (work) => {
    const rates = Array.from({ length: runs + 5 }, () => {
      const start = performance.now();
      work();
      return lines / ((performance.now() - start) / 1000);
    });
    return Math.round(median(rates.slice(5)));
  };
  return { linesPerSecond: rate(() => parse(text)), formattedLinesPerSecond: rate(() => format(text)), lines };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(benchParse());
