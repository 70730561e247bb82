/** Where a diagnostic is documented. A name, not an address: `scruple rules CODE` shows what it stands for. */
export function documentationUrl(code: string): string {
  return `urn:scruple:diagnostic:${code}`;
}
