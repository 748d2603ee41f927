import { parseAllDocuments } from 'yaml';

/** What the platform makes of a pattern. */
export type PatternVerdict =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** Stored; `failure` is what its compilation will say, null when it will succeed (sekoia-api.md §9, 8). */
  | { readonly kind: 'stored'; readonly failure: string | null };

/** Reads a pattern as the platform does: it must be YAML, and its fields must be known where a list of them is given. */
export function judgePattern(payload: string, fields: ReadonlySet<string> | null): PatternVerdict {
  const documents = readDocuments(payload);
  if (typeof documents === 'string') {
    // The code is invented here: nobody has published that answer.
    return { kind: 'refused', code: 'RUL100', message: `The payload is not valid YAML: ${documents}` };
  }
  if (fields !== null) {
    const unknown = documents.flatMap(fieldsOf).find((field) => !fields.has(field));
    if (unknown !== undefined) {
      return { kind: 'refused', code: 'RUL143', message: `"${unknown}" is not a valid ECS field` };
    }
  }
  return { kind: 'stored', failure: failureOf(documents) };
}

type Mapping = Readonly<Record<string, unknown>>;

/** The documents as plain values, or why they cannot be read. Keys given twice pass, as with most YAML readers. */
function readDocuments(payload: string): readonly unknown[] | string {
  const parsed = parseAllDocuments(payload, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const fault = documents.flatMap((document) => document.errors)[0];
  if (fault !== undefined) return fault.message;
  try {
    return documents.map((document) => document.toJS() as unknown);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function detectionOf(document: unknown): Mapping | undefined {
  return isMapping(document) && isMapping(document['detection']) ? document['detection'] : undefined;
}

/** The event fields that a document's selections name, modifiers taken off. */
function fieldsOf(document: unknown): readonly string[] {
  const detection = detectionOf(document) ?? {};
  return Object.entries(detection)
    .filter(([name]) => name !== 'condition')
    .flatMap(([, selection]): readonly unknown[] => (Array.isArray(selection) ? selection : [selection]))
    .filter(isMapping)
    .flatMap((selection) => Object.keys(selection))
    .map((key) => key.split('|')[0] ?? '')
    .filter((field) => field !== '');
}

const CONDITION_WORDS = new Set(['and', 'or', 'not', 'of', 'them', 'all', 'any']);

function failureOf(documents: readonly unknown[]): string | null {
  const filled = documents.filter((document) => document !== null && document !== undefined);
  if (filled.length === 0) return 'The pattern is empty';
  for (const document of filled) {
    if (!isMapping(document)) return 'A document of the pattern is not a mapping';
    const detection = detectionOf(document);
    if (detection === undefined) {
      // Both spellings of a correlation are taken (§9, 26).
      if (document['action'] === 'correlation' || isMapping(document['correlation'])) continue;
      return 'A document holds neither a detection nor a correlation';
    }
    const condition = detection['condition'];
    if (typeof condition !== 'string') return 'The detection has no condition';
    const undefinedName = (condition.match(/[\w*?-]+/gu) ?? []).find(
      (word) => !CONDITION_WORDS.has(word.toLowerCase()) && !/^\d+$|[*?]/u.test(word) && !(word in detection),
    );
    if (undefinedName !== undefined) return `The condition names "${undefinedName}", which is not defined`;
  }
  return null;
}
