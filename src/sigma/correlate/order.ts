import type { CorrelationDocument, Pattern } from '../parse/types.js';

/** The correlations of a pattern without cycles, those that are referred to before those that refer to them. */
export function innerFirst({ documents, byName }: Pattern): readonly CorrelationDocument[] {
  const ordered = new Set<CorrelationDocument>();
  // Recursion is as deep as there are documents (300 at most, parse-tokens.ts).
  const visit = (document: CorrelationDocument): void => {
    if (ordered.has(document)) return;
    for (const { text } of document.rules) {
      const inner = byName.get(text);
      if (inner?.kind === 'correlation') visit(inner);
    }
    ordered.add(document);
  };
  for (const document of documents) if (document.kind === 'correlation') visit(document);
  return [...ordered];
}
