import type { ErrorObject } from 'ajv/dist/2020.js';
import { isMap, isSeq } from 'yaml';
import type { Node } from 'yaml';
import { attackPatternOf } from './attack-patterns.js';
import * as friendly from './friendly-words.js';
import * as words from './metadata-words.js';
import type { Words } from './metadata-words.js';
import { behindAliases, isMergeKey, memberOf, membersOf } from './plain-value.js';
import type { MetadataText } from './read-metadata-text.js';
import { METADATA_KEYS, OVERLAY_KEYS, schemaErrors } from './schema-validator.js';
import { fieldPathIn, valueFor } from './target-values.js';
import type { View } from './target-values.js';
import type { Finding, Severity, TargetKey } from './types.js';
import { asRuleUuid } from '../sekoia/types.js';

/**
 * All that is wrong in a metadata file that could be read: each on its value, on its key, or where its map begins. What
 * is wrong in the values of other targets is theirs alone.
 */
export function checkMetadata(path: string, file: MetadataText, view: View): readonly Finding[] {
  const said = new Set<string>();
  const errors = schemaErrors(file.value).filter(({ instancePath }) => concerns(view, pointer(instancePath)));
  const fromSchema = errors.flatMap((error) => {
    // Why each side of the one choice that the schema has does not hold; the choice itself is told.
    if (error.schemaPath.includes('/oneOf/')) return [];
    const told = tell(error, file);
    // One value, one finding: what is of the wrong kind is also too short.
    const place = `${told.offset}`;
    if (!AT_MAP.has(error.keyword) && said.has(place)) return [];
    if (!AT_MAP.has(error.keyword)) said.add(place);
    return [findingAt(path, file, told.offset, told.words, 'error')];
  });
  return [...fromSchema, ...scopeFindings(path, file, view.target), ...friendlyFindings(path, file, view.target)];
}

function concerns({ target }: View, [key, name]: readonly string[]): boolean {
  return target === null || name === undefined || name === target.name || (key !== 'uuids' && key !== 'targets');
}

/** A finding on the value of a field, or on the file's map where the field is not in it. */
export function findingOn(path: string, file: MetadataText, key: string, text: Words, severity: Severity): Finding {
  return findingIn(path, file, [key], text, severity);
}

/** A finding on the value that the keys and indices lead to, or on the nearest value around it. */
export function findingIn(
  path: string,
  file: MetadataText,
  segments: readonly string[],
  text: Words,
  severity: Severity,
): Finding {
  return findingAt(path, file, nodeAt(file, segments).range?.[0] ?? 0, text, severity);
}

/** A finding on a key of the map that the keys lead to. */
export function findingOnKey(
  path: string,
  file: MetadataText,
  segments: readonly string[],
  text: Words,
  severity: Severity,
): Finding {
  const key = memberKey(nodeAt(file, segments.slice(0, -1)), segments.at(-1) ?? '', file);
  return findingAt(path, file, (key ?? nodeAt(file, segments)).range?.[0] ?? 0, text, severity);
}

const AT_MAP: ReadonlySet<string> = new Set(['required', 'additionalProperties', 'oneOf']);

interface Told {
  readonly words: Words;
  readonly offset: number;
}

/** What is wrong in an overlay is told as it would be of the field that it replaces. */
function tell(error: ErrorObject, file: MetadataText): Told {
  const [key, target, ...inner] = pointer(error.instancePath);
  if (key !== 'targets' || target === undefined) return tellOf(error, file, []);
  const { words: text, offset } = tellOf(error, file, [key, target]);
  if (inner.length === 0 && error.keyword === 'type') return { words: text, offset };
  return { words: { ...text, message: `For the target \`${target}\`: ${text.message}` }, offset };
}

/** @param above what leads to the map whose fields are told. */
function tellOf(error: ErrorObject, file: MetadataText, above: readonly string[]): Told {
  const whole = pointer(error.instancePath);
  const segments = whole.slice(above.length);
  const where =
    segments.length === 0 ? (above.length === 0 ? '' : '`' + above.join('.') + '`') : `\`${written(segments)}\``;
  const params = error.params as Readonly<Record<string, unknown>>;
  const value = valueAt(file.value, whole);
  const node = nodeAt(file, whole);
  const told = (text: Words, at: Node = node): Told => ({ words: text, offset: at.range?.[0] ?? 0 });
  switch (error.keyword) {
    case 'oneOf':
      return params['passingSchemas'] === null
        ? told(words.missingKey('alert_type_uuid', where))
        : told(friendly.alertTypeTwice(), memberKey(node, 'alert_type', file) ?? node);
    case 'required':
      return told(words.missingKey(String(params['missingProperty']), where));
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      return told(unknownKey(key, segments, above), memberKey(node, key, file) ?? node);
    }
    case 'type':
      return told(words.wrongKind(where, [params['type']].flat().map(String), value));
    case 'minLength':
      return told(words.tooShort(where, value, Number(params['limit'])));
    case 'minItems':
      return told(words.noTargets());
    case 'maxLength':
      return told(words.tooLong(where, value, Number(params['limit'])));
    case 'pattern':
      return told(wrongText(segments, where, value));
    case 'minimum':
    case 'maximum':
      return told(
        segments.at(-1) === 'effort' ? words.outOfRange(where, value, 1, 4) : words.outOfRange(where, value, 0, 100),
      );
    case 'enum':
      return told(words.unknownChoice(where, value, [params['allowedValues']].flat().map(String)));
    case 'const':
      return told(words.notSigma(value));
    default:
      return told({
        code: 'metadata-value',
        message: `${where} ${error.message ?? 'is wrong'}.`,
        help: `Correct ${where}.`,
      });
  }
}

function wrongText(segments: readonly string[], where: string, value: unknown): Words {
  const [outer, field] = [segments.at(-2), segments.at(-1)];
  if (outer === 'attack') return friendly.wrongTechnique(where, value);
  if (field === 'severity' || field === 'effort') return friendly.wrongWord(field, where, value);
  return field === 'alert_type' ? friendly.wrongAlertType(value) : words.wrongPattern(where, value);
}

function memberKey(node: Node, key: string, file: MetadataText): Node | undefined {
  const map = behindAliases(node, file.targets);
  return isMap(map) ? memberOf(map, key)?.key : undefined;
}

function unknownKey(key: string, segments: readonly string[], above: readonly string[]): Words {
  const [field] = segments;
  if (field === undefined) {
    const isOverlay = above.length > 0;
    if (isOverlay && METADATA_KEYS.includes(key)) return words.notForOneTarget(key);
    return words.unknownKey(key, isOverlay ? OVERLAY_KEYS : METADATA_KEYS);
  }
  if (field === 'subcommunities') return words.noCommunity(key);
  return field === 'uuids' || field === 'targets'
    ? words.noTargetName(key)
    : words.unknownKey(key, NESTED_KEYS[field] ?? []);
}

const NESTED_KEYS: Readonly<Record<string, readonly string[]>> = {
  event_fields: ['field', 'description'],
  parameters: ['uuid', 'name', 'value'],
  checks: ['code', 'severity', 'reason'],
};

/** Which entities and assets a rule looks at is said twice (sekoia-api.md §3.1, "Scope trap"). */
function scopeFindings(path: string, file: MetadataText, target: TargetKey | null): readonly Finding[] {
  const value = valueFor(file.value, target);
  return (['entities', 'assets'] as const).flatMap((field) => {
    const all = `all_${field}`;
    const chosen = value[field];
    const names = Array.isArray(chosen) && chosen.length > 0;
    const offset = nodeAt(file, fieldPathIn(file.value, target, all)).range?.[0] ?? 0;
    if (value[all] === true && names) {
      return findingAt(
        path,
        file,
        offset,
        {
          code: 'scope-contradiction',
          message: `\`${all}\` is true, and \`${field}\` names some of them.`,
          help: `Remove one of the two.`,
        },
        'error',
      );
    }
    if (value[all] !== false || names) return [];
    return findingAt(
      path,
      file,
      offset,
      {
        code: 'scope-empty',
        message: `\`${all}\` is false and \`${field}\` names none, so the rule applies to nothing.`,
        help: `Name the ${field}, or remove \`${all}\`.`,
      },
      'warning',
    );
  });
}

/** What the schema cannot say of values that people write in place of ids. */
function friendlyFindings(path: string, file: MetadataText, target: TargetKey | null): readonly Finding[] {
  const { attack, alert_type: alertType } = valueFor(file.value, target);
  const placeOf = (field: string): readonly string[] => fieldPathIn(file.value, target, field);
  const techniques = Array.isArray(attack) ? (attack as readonly unknown[]) : [];
  const unknown = techniques.flatMap((technique, index) => {
    if (typeof technique !== 'string' || !/^T\d{4}(?:\.\d{3})?$/i.test(technique)) return [];
    if (attackPatternOf(technique) !== undefined) return [];
    const text = friendly.unknownTechnique(`\`attack[${index}]\``, technique.toUpperCase());
    return [findingIn(path, file, [...placeOf('attack'), String(index)], text, 'error')];
  });
  return typeof alertType === 'string' && asRuleUuid(alertType) !== undefined
    ? [...unknown, findingIn(path, file, placeOf('alert_type'), friendly.uuidAsAlertType(alertType), 'error')]
    : unknown;
}

function findingAt(path: string, file: MetadataText, offset: number, text: Words, severity: Severity): Finding {
  return { path, ...file.position(offset), severity, ...text };
}

/** The segments of a JSON pointer (RFC 6901). */
function pointer(text: string): readonly string[] {
  return text
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `event_fields[0].field` */
function written(segments: readonly string[]): string {
  return segments
    .map((segment, index) => (/^\d+$/.test(segment) ? `[${segment}]` : `${index > 0 ? '.' : ''}${segment}`))
    .join('');
}

function valueAt(value: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>(
    (inner, segment) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([key]) => key === segment)?.[1]
        : undefined,
    value,
  );
}

/** The node of a value, or of the nearest value around it that has one. */
function nodeAt(file: MetadataText, segments: readonly string[]): Node {
  let node: Node = file.root;
  for (const segment of segments) {
    const inner = stepInto(behindAliases(node, file.targets), segment);
    if (inner === undefined) break;
    node = inner;
  }
  return node;
}

function stepInto(node: Node | undefined, segment: string): Node | undefined {
  if (isSeq(node)) return (node.items as Node[])[Number(segment)];
  if (!isMap(node)) return undefined;
  const own = memberOf(node, segment);
  if (own !== undefined) return own.value ?? own.key;
  // A value that came by `<<` is shown where it is merged in.
  return membersOf(node).find(({ key }) => isMergeKey(key))?.key;
}
