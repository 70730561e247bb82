import { version } from "../version.ts";
import { policyTemplate } from "./policy-template.ts";

export interface Template {
  /** Relative to the new project, with `/`. */
  readonly path: string;
  readonly content: string;
  /** A project that has this file keeps its own; any other file in the way stops `init`. */
  readonly keepExisting: boolean;
}

/** The files of a new project. @param name what package.json calls it */
export function templates(name: string): readonly Template[] {
  const own = (path: string, content: string): Template => ({ path, content, keepExisting: false });
  const shared = (path: string, content: string): Template => ({ path, content, keepExisting: true });
  return [
    own("scruple.json", json(config)),
    own("policies/shop.scruple", policyTemplate),
    own("app/choose-offer.js", app),
    own(".vscode/extensions.json", json({ recommendations: ["scruple.scruple"] })),
    own(".vscode/settings.json", json({ "[scruple]": { "editor.formatOnSave": true } })),
    own(".github/workflows/policies.yml", workflow),
    shared(".gitignore", "node_modules/\ngenerated/\n"),
    shared("package.json", json(packageJson(name))),
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const config = {
  $schema: "./node_modules/@scruple/cli/schema/scruple.schema.json",
  include: ["policies/**/*.scruple"],
  out: "generated",
  targets: ["javascript", "json"],
};

function packageJson(name: string) {
  return {
    name,
    private: true,
    type: "module",
    scripts: {
      check: "scruple check",
      test: "scruple test",
      build: "scruple build",
    },
    dependencies: { "@scruple/runtime": version },
    devDependencies: { "@scruple/cli": version },
  };
}

const app = `import { decide } from "../generated/shop.customers.guard.js";

/**
 * Chooses an offer by what a customer bought, if the policy lets us look. What is not known is left out: the guard
 * takes it for unknown, and denies where that matters. Limits (\`decision.limits\`) are for the caller to count.
 */
export function chooseOffer(customer, choose) {
  const decision = decide({
    interaction: "offer_email",
    operation: "use",
    data: { field: "orders.purchases", age: secondsSince(customer.lastOrder) },
    purpose: "direct_marketing",
    channel: "email",
    subject: { id: customer.id, age: customer.age },
    consents: customer.consents,
    objections: customer.objections,
  });
  if (decision.decision === "deny") return { offer: null, because: decision.because };
  return { offer: choose(customer.purchases), limits: decision.limits };
}

function secondsSince(date) {
  return Math.max(0, Math.floor((Date.now() - date.getTime()) / 1000));
}
`;

const workflow = `name: Policies
on: [push, pull_request]
permissions:
  contents: read
jobs:
  policies:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npx scruple format --check
      - run: npx scruple check --format github
      - run: npx scruple test --coverage
      - run: npx scruple build
`;
