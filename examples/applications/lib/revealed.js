/**
 * What a page is told of fields that were to be shown. These pages show how it is decided; others would say less.
 *
 * @template {object} Values
 * @param {Pick<import("@scruple/runtime/enforce").Shown<Values>, "values" | "withheld">} shown
 */
export function revealed({ values, withheld }) {
  /** @param {import("@scruple/runtime/enforce").Denial} denial */
  const told = ({ reason, because, rules, missing, retryAfter }) => ({ reason, because, rules, missing, retryAfter });
  const denials = Object.entries(withheld).map(([field, denial]) => [field, told(/** @type {any} */ (denial))]);
  return { values: { ...values }, withheld: Object.fromEntries(denials) };
}
