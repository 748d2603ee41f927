/**
 * The form in which texts are compared: small letters of every script, whatever the locale (sigma.md §5). The two small
 * sigmas are one letter; which of them `toLowerCase` gives depends on what stands behind, and a wildcard may stand there.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}
