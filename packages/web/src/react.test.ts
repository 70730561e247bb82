import { createRequire } from "node:module";
import { createElement, type ReactElement } from "react";
import { expect, test } from "vitest";
import { usePreview } from "./react.ts";

// It comes without types.
const { renderToString } = createRequire(import.meta.url)("react-dom/server") as {
  renderToString(element: ReactElement): string;
};

test("offers nothing before it is known", () => {
  const Offer = () =>
    createElement(
      "p",
      {},
      usePreview(async () => "likely"),
    );
  expect(renderToString(createElement(Offer))).toBe("<p>no</p>");
});
