import type { CorrelationDocument, Pattern, PatternDocument, Word } from '../parse/types.js';
import { nearest } from '../parse/nearest.js';
import { listed, quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

/** What the documents of a pattern are to one another, and keys that mean nothing in them. */
export function checkDocuments(pattern: Pattern): readonly Remark[] {
  return [...pattern.documents.flatMap((document) => unknownKeys(document, pattern)), ...severalRoots(pattern)];
}

const DETECTION_KEYS = ['detection', 'name', 'timezone'];
const CORRELATION_KEYS = ['type', 'rule', 'rules', 'timespan', 'group-by', 'condition', 'field', 'ordered', 'aliases'];
const ACTION_KEYS = ['action', 'name', ...CORRELATION_KEYS];
const BLOCK_ROOT_KEYS = ['correlation', 'name', 'title'];

/** What full Sigma files have at their root; never a misspelt key of ours. */
const SIGMA_KEYS: ReadonlySet<string> = new Set([
  ...['title', 'id', 'related', 'taxonomy', 'status', 'description', 'license', 'references', 'author', 'date'],
  ...['modified', 'logsource', 'fields', 'falsepositives', 'level', 'tags', 'scope', 'generate', 'filter'],
]);

function unknownKeys(document: PatternDocument, pattern: Pattern): readonly Remark[] {
  if (document.kind === 'detection') {
    const hasOwnFinding = pattern.problems.some(({ code }) => code === 'condition-missing');
    const keys = document.keys.filter(({ text }) => text !== 'condition' || !hasOwnFinding);
    return unknownAmong(keys, DETECTION_KEYS);
  }
  if (document.spelling === 'action') return unknownAmong(document.keys, ACTION_KEYS);
  return [...unknownAmong(document.keys, BLOCK_ROOT_KEYS), ...unknownAmong(document.correlationKeys, CORRELATION_KEYS)];
}

const MOST_MISSPELT = 50;

/** Near misses each for itself, the rest in one remark at the first of them. */
function unknownAmong(keys: readonly Word[], known: readonly string[]): readonly Remark[] {
  const unknown = keys
    .filter(({ text }) => !known.includes(text))
    .map(({ text, place }, index) => {
      const meant = index < MOST_MISSPELT ? misspeltKey(text, known) : undefined;
      return { text, place, meant };
    });
  if (unknown.length === 0) return [];
  const misspelt = unknown.flatMap(({ text, place, meant }) => {
    if (meant === undefined) return [];
    const message = `There is no key ${quoted(text)}. Did you mean \`${meant}\`?`;
    return [remark('document-unknown-key', place, message, `Write \`${meant}\`, or remove it.`)];
  });
  const [first, ...others] = unknown.filter(({ meant }) => meant === undefined);
  if (first === undefined) return misspelt;
  const names = listed([first, ...others].map(({ text }) => quoted(text)));
  const verb = others.length === 0 ? 'means' : 'mean';
  const help =
    'Remove what is not part of the pattern; the name, the severity and the like stand in the metadata file.';
  return [...misspelt, remark('document-unknown-key', first.place, `${names} ${verb} nothing here.`, help)];
}

function misspeltKey(key: string, known: readonly string[]): string | undefined {
  if (SIGMA_KEYS.has(key)) return undefined;
  const letters = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  return known.find((each) => letters(each) === letters(key)) ?? nearest(key, known);
}

/** Of these a document that nothing refers to is only what follows. */
const BROKEN_REFERENCES: ReadonlySet<string> = new Set([
  ...['correlation-reference', 'correlation-cycle', 'correlation-key', 'document-name-duplicate', 'document-kind'],
]);

function severalRoots({ roots, documents, problems }: Pattern): readonly Remark[] {
  if (roots.length < 2 || problems.some(({ code }) => BROKEN_REFERENCES.has(code))) return [];
  const isCorrelating = documents.some(({ kind }) => kind === 'correlation');
  const unused = isCorrelating ? roots.filter(({ kind }) => kind === 'detection') : [];
  if (unused.length > 0 && unused.length < roots.length) return unused.map(nothingRefersTo);
  const second = roots[1];
  if (second === undefined) return [];
  const message = `${roots.length} documents raise alerts, each by itself.`;
  const help = 'Make a rule of each, or let a correlation refer to them by their `name`.';
  return [remark('document-several-roots', second.place, message, help)];
}

function nothingRefersTo({ place, name }: PatternDocument): Remark {
  const what = name === undefined ? 'This detection' : `The detection ${quoted(name.text)}`;
  const message = `${what} is not used by any correlation, so each of its events raises an alert of its own.`;
  const help = 'Remove it, or add its name to `rule` of a correlation.';
  return remark('document-several-roots', place, message, help);
}

/** The documents that a correlation counts, as far as they are there, each once. */
export function countedBy(
  { rules }: CorrelationDocument,
  { byName }: Pattern,
): readonly { readonly rule: Word; readonly document: PatternDocument }[] {
  const first = new Map(rules.map((rule) => [rule.text, rule]));
  return [...first.values()].flatMap((rule) => {
    const document = byName.get(rule.text);
    return document === undefined ? [] : [{ rule, document }];
  });
}
