/** What a page is told of a denial. These pages show how it is decided; others would show `because` at most. */
export function refused({ reason, because, rules, missing, retryAfter }) {
  return { reason, because, rules, missing, retryAfter };
}

/** What a page is told of an act. @param {(value: any) => object} tell what came of it */
export function outcome(result, tell) {
  return result.done ? { done: true, ...tell(result.value) } : { done: false, denial: refused(result.denial) };
}

/** What a page is told of fields that were to be shown. */
export function revealed({ values, withheld }) {
  const denials = Object.entries(withheld).map(([field, denial]) => [field, refused(denial)]);
  return { values: { ...values }, withheld: Object.fromEntries(denials) };
}
