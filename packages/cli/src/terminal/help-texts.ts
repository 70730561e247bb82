/** What `--help` says of commands, below their flags. */

export const general = `
Example:
  scruple init my-shop && cd my-shop && scruple check && scruple test && scruple build

A project is the folder of the nearest scruple.json, in the working directory or above; without one it is the working
directory with every .scruple file in it.

Exit codes: 0 nothing wrong; 1 the policy is at fault; 2 the call is at fault; 3 Scruple is at fault.`;

export const check = `
Examples:
  scruple check
  scruple check policies/offers.scruple --max-warnings 0
  scruple check --format sarif > findings.sarif`;

export const build = `
Examples:
  scruple build
  scruple build --target javascript --out src/generated
  scruple build --check

It removes what an earlier build of the project has written and this one would not: guards of policies that are gone, and what
--target wrote once where the targets in scruple.json do not name it.`;

export const test = `
Examples:
  scruple test
  scruple test --filter seat --watch
  scruple test --coverage --min-coverage 90 --format junit > tests.xml
  scruple test --suggest`;

export const format = `
Examples:
  scruple format
  scruple format --check policies
  scruple format - < draft.scruple`;

export const decide = `
Examples:
  scruple decide --interaction offer_email --operation use --data "orders.purchases@20 days" \\
    --purpose direct_marketing --channel email --subject age=34 --consent direct_marketing@email --no-objection
  scruple decide --policy shop.customers < requests.jsonl > decisions.jsonl`;

export const explain = `
Examples:
  scruple explain --interaction offer_email --operation use --data "orders.purchases@20 days" \\
    --purpose direct_marketing --channel email --subject age=34
  head -1 requests.jsonl | scruple explain --format json

It shows every rule that bears on the request, and how each part of its condition came out: ✓ holds, ✗ does not, ? is
unknown. Then the smallest changes of facts, consents and other selectors under which it would be decided otherwise.`;

export const diff = `
Examples:
  scruple diff main
  scruple diff v1.4 HEAD --format markdown --fail-on widened
  scruple diff generated/shop.customers.model.json policies --format json

It compares what is decided, not what is written: regions that are allowed now, denied now, or allowed with other duties
and limits, each with a request to try. A folder counts before a revision of the same name; it is the project of its scruple.json,
or else what is in it.

--fail-on widened fails where something is allowed now, and where a duty or a limit is gone or looser; narrowed where something is
denied now, and where a duty or a limit is new or tighter; changed for either, and for other names. What cannot be told, or not be
compared, counts for each.`;

export const sign = `
Examples:
  openssl genpkey -algorithm ed25519 -out release.key
  openssl pkey -in release.key -pubout -out release.pub
  scruple sign generated/shop.customers.model.json --key release.key
  scruple sign generated/shop.customers.model.json --key release.key --expires 2027-01-31

Guards that reload (@scruple/reload) take over what is signed with a key that they trust, and never go back to what was signed
before. Keep the private key where releases are made, and nowhere else; applications need the public one. With --expires,
guards deny everything once that day is over, so that nobody can keep them from what replaced the model.`;

export const verify = `
Example:
  scruple verify generated/shop.customers.signed.json --key release.pub --policy shop.customers`;

export const lsp = `
Example, in an editor's settings:
  scruple lsp --stdio

docs/editors.md has settings for Neovim, Helix, Zed, Emacs and JetBrains IDEs.`;

export const prove = `
Examples:
  scruple prove
  scruple prove policies/offers.scruple --format json

A promise is proved if no request breaks it. Else there is a request that does, which \`scruple explain\` takes as it is, and
the exit code is 1.`;
