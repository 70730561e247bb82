/** What a page is told of fields that were to be shown. These pages show how it is decided; others would say less. */
export function revealed({ values, withheld }) {
  const told = ({ reason, because, rules, missing, retryAfter }) => ({ reason, because, rules, missing, retryAfter });
  const denials = Object.entries(withheld).map(([field, denial]) => [field, told(denial)]);
  return { values: { ...values }, withheld: Object.fromEntries(denials) };
}
