import { isMap, isScalar } from 'yaml';
import type { Document } from 'yaml';
import type { YamlReading } from '../read-yaml.js';
import { checkAliases } from './correlation-aliases.js';
import { behindAliases, entriesOf } from './maps.js';
import type { MapEntry } from './maps.js';
import { parseCorrelation } from './parse-correlation.js';
import { parseDetection } from './parse-detection.js';
import { checkReferences, namesOf, rootsOf } from './references.js';
import { regexesOfOnePattern } from './regexes.js';
import type { Regexes } from './regexes.js';
import { sourceOf } from './source.js';
import type { Source } from './source.js';
import type { Pattern, PatternDocument, PatternProblem, Word } from './types.js';

/**
 * Parses what `readYaml(bytes, 'pattern')` has read. Total: whatever stands there, the answer is a pattern with what
 * could be made out and the problems of the rest (sigma.md §1–§8). Nothing is thrown.
 */
export function parsePattern(reading: YamlReading): Pattern {
  const source = sourceOf(reading);
  const regexes = regexesOfOnePattern();
  const documents = reading.documents
    .map((document) => parseDocument(document, source, regexes))
    .filter((document) => document !== undefined);
  const byName = namesOf(documents, source);
  checkReferences({ documents, byName }, source);
  for (const document of documents) if (document.kind === 'correlation') checkAliases(document, source);
  const problems: PatternProblem[] = [...reading.problems, ...source.problems];
  problems.sort((one, other) => one.offset - other.offset);
  return { reading, documents, byName, roots: rootsOf({ documents, byName }), problems };
}

const KIND_HELP = 'Write a `detection:` with selections and a condition, or a correlation with `action: correlation`.';

function parseDocument({ contents }: Document.Parsed, source: Source, regexes: Regexes): PatternDocument | undefined {
  const map = behindAliases(contents, source.reading.targets);
  if (!isMap(map)) {
    source.report('document-kind', source.placeOf(contents), 'A document of a pattern has to be a map.', KIND_HELP);
    return undefined;
  }
  const root = new Map(entriesOf(map, source.reading.targets).map((entry) => [entry.key.source ?? '', entry]));
  const action = root.get('action');
  const block = root.get('correlation');
  const detection = root.get('detection');
  const fault = (entry: MapEntry | undefined, message: string, help: string): PatternDocument | undefined => {
    source.report('document-kind', source.placeOf(entry?.key ?? map), message, help);
    return undefined;
  };
  const actionName = isScalar(action?.value) ? (action.value.source ?? '') : '';
  if (action !== undefined && actionName !== 'correlation') {
    const help = 'The only action is `correlation`. Write what all documents share into each of them.';
    return fault(action, `\`action: ${actionName.slice(0, 60)}\` is not supported.`, help);
  }
  if (detection !== undefined && (action ?? block) !== undefined) {
    const help = 'Put a `---` line between the two, and let the correlation name the detection by its `name`.';
    return fault(detection, 'A document cannot be a detection and a correlation at the same time.', help);
  }
  if (action !== undefined && block !== undefined) {
    const help = 'Write the keys of the correlation at the root with `action: correlation`, or below `correlation:`.';
    return fault(block, '`action: correlation` and `correlation:` stand in one document.', help);
  }
  if (detection !== undefined) return parseDetection(map, nameIn(root, ['name'], source), source, regexes);
  if (action !== undefined) return parseCorrelation(map, 'action', nameIn(root, ['name'], source), source);
  if (block !== undefined) return parseCorrelation(map, 'block', nameIn(root, ['name', 'title'], source), source);
  const looksCorrelating = root.has('timespan') || root.has('rule') || root.has('rules');
  return fault(
    undefined,
    'This document is neither a detection nor a correlation.',
    looksCorrelating ? 'Add `action: correlation`.' : KIND_HELP,
  );
}

function nameIn(root: ReadonlyMap<string, MapEntry>, keys: readonly string[], source: Source): Word | undefined {
  for (const key of keys) {
    const value = root.get(key)?.value;
    if (isScalar(value) && value.source !== '') return source.word(value);
  }
  return undefined;
}
