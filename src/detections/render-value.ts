/** A value as JSON on one line, with a blank behind commas and colons. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** A text in the quotes given (none is plain YAML), then in double quotes, which take every text. */
export function quoted(text: string, quote: string): readonly string[] {
  const double = JSON.stringify(text);
  if (quote === '"' || /[\n\r]/.test(text) || text === '') return [double];
  return [quote === "'" ? `'${text.replaceAll("'", "''")}'` : text, double];
}
