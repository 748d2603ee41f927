import { didYouMean } from './nearest.js';
import type { Source } from './source.js';
import type { CorrelationDocument, Pattern, PatternDocument } from './types.js';

/** The first document of each name; a second one is a problem. */
export function namesOf(documents: readonly PatternDocument[], source: Source): Pattern['byName'] {
  const byName = new Map<string, PatternDocument>();
  for (const document of documents) {
    const { name } = document;
    if (name === undefined) continue;
    const first = byName.get(name.text);
    if (first === undefined) byName.set(name.text, document);
    else {
      const line = first.name?.place.line ?? 0;
      const message = `Two documents have the name \`${name.text}\`, on line ${line} and on line ${name.place.line}.`;
      source.report('document-name-duplicate', name.place, message, 'Give one of them another name.');
    }
  }
  return byName;
}

/** Reports names that no document has, and correlations that come back to themselves. */
export function checkReferences(pattern: Pick<Pattern, 'documents' | 'byName'>, source: Source): void {
  const correlations = pattern.documents.filter((document) => document.kind === 'correlation');
  for (const { rules } of correlations) {
    for (const { text, place } of rules) {
      if (pattern.byName.has(text)) continue;
      const message = `No document has the name \`${text}\`.${didYouMean(text, pattern.byName.keys())}`;
      source.report('correlation-reference', place, message, `Give the document that is meant \`name: ${text}\`.`);
    }
  }
  reportCycles(correlations, pattern.byName, source);
}

/** The documents that no other refers to. */
export function rootsOf({ documents, byName }: Pick<Pattern, 'documents' | 'byName'>): readonly PatternDocument[] {
  const referenced = new Set<PatternDocument | undefined>();
  for (const document of documents) {
    if (document.kind === 'correlation') for (const { text } of document.rules) referenced.add(byName.get(text));
  }
  return documents.filter((document) => !referenced.has(document));
}

/** Recursion is as deep as there are documents (300 at most, parse-tokens.ts). */
function reportCycles(correlations: readonly CorrelationDocument[], byName: Pattern['byName'], source: Source): void {
  const done = new Set<CorrelationDocument>();
  const visit = (document: CorrelationDocument, path: readonly CorrelationDocument[]): void => {
    if (done.has(document)) return;
    const along = [...path, document];
    for (const rule of document.rules) {
      const next = byName.get(rule.text);
      if (next?.kind !== 'correlation') continue;
      const from = along.indexOf(next);
      if (from < 0) visit(next, along);
      else {
        const names = [...along.slice(from), next].map(({ name }) => name?.text ?? '').join(' → ');
        const help = 'A correlation counts events of other documents, never its own alerts.';
        source.report('correlation-cycle', rule.place, `The correlation refers to itself: ${names}.`, help);
      }
    }
    done.add(document);
  };
  for (const document of correlations) visit(document, []);
}
