import { LineCounter, parseDocument } from 'yaml';
import { asUuid } from '../sekoia/types.js';
import { shorten } from '../text.js';
import { apiUrlIn, REGIONS } from './api-url.js';
import type { Region } from './api-url.js';
import { InputError } from './errors.js';
import { didYouMean, linesIn, oneOf, rootsIn, secretIn, yesOrNo } from './values.js';

/** One customer: a Sekoia community, reached by one key. */
export interface TargetSettings {
  /** `[a-z0-9-]{1,40}`. */
  readonly name: string;
  /** Null where the secret is empty, as in runs of forks. */
  readonly apiKey: string | null;
  /** Without a trailing slash; `/v1/...` is appended. */
  readonly apiUrl: string;
  /** Folders or globs, `!` excludes. Never empty. */
  readonly detections: readonly string[];
  /** `canary` goes first; others only name a share of the targets. */
  readonly ring: string | null;
  /** UUID, lower case, that the key has to belong to; null: not compared. */
  readonly community: string | null;
  /** Whether the plain `uuid` of metadata files is this target's. */
  readonly takesUuid: boolean;
}

/** What a target has where it says nothing of its own. */
export interface TargetDefaults {
  readonly region: Region;
  /** Text of the input `api-url`. */
  readonly apiUrl: string;
  readonly detections: readonly string[];
}

/** The first ring: the others wait for it. */
export const CANARY = 'canary';

const KEYS = ['api-key', 'region', 'api-url', 'detections', 'ring', 'community', 'takes-uuid'] as const;
const NAME = /^[a-z0-9-]{1,40}$/;
const NAME_HELP = 'Use 1 to 40 lower-case letters, digits and dashes.';

/**
 * The input `targets`: a YAML map of names, in the order of the text. Every scalar is taken as text, so that a key made
 * of digits stays what it is. No message holds a value of `api-key`, or of anything that may be one by mistake.
 *
 * @throws InputError
 */
export function targetsIn(text: string, defaults: TargetDefaults): readonly TargetSettings[] | null {
  if (text === '') return null;
  const targets = [...mapIn(text)].map(([name, value]) => targetOf(name, value, defaults));
  if (targets.length === 0) throw badTargets('names no target', 'Add one, or leave the input out.');
  requireOnce(targets, 'api-key', ({ apiKey, apiUrl }) => (apiKey === null ? null : `${apiUrl} ${apiKey}`));
  requireOnce(targets, 'community', ({ community }) => community);
  const takers = targets.filter(({ takesUuid }) => takesUuid);
  if (takers.length > 1) {
    throw badTargets(
      `has takes-uuid in ${takers.map(({ name }) => name).join(' and ')}`,
      'The plain `uuid` of the files belongs to one target: the one that was deployed before there were targets.',
    );
  }
  return targets;
}

/**
 * The targets that the input `only-targets` names, by their names or rings; all when it is empty.
 *
 * @throws InputError when it names something that is neither
 */
export function shareOf(targets: readonly TargetSettings[] | null, text: string): readonly TargetSettings[] | null {
  const words = linesIn(text.replaceAll(',', '\n'));
  if (words.length === 0) return targets;
  if (targets === null) {
    throw new InputError(
      'unknown-target',
      'The input only-targets is set and the input targets is not.',
      'Set `targets` as well, or leave `only-targets` out.',
    );
  }
  const known = [...new Set(targets.flatMap(({ name, ring }) => (ring === null ? [name] : [name, ring])))];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) {
    throw new InputError(
      'unknown-target',
      `The input only-targets has "${shorten(unknown, 80)}", which is neither a target nor a ring of the input targets.`,
      `Take names or rings from the input targets.${didYouMean(unknown, known)}`,
    );
  }
  return targets.filter(({ name, ring }) => words.includes(name) || (ring !== null && words.includes(ring)));
}

function mapIn(text: string): ReadonlyMap<unknown, unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw badTargets(
      `is not YAML that can be read: line ${line}, column ${col} (${error.code})`,
      "Indent each target's keys below its name, and put every key in quotes: api-key: '${{ secrets.NAME }}'.",
    );
  }
  const value = plainValue(document);
  if (value instanceof Map) return value;
  throw badTargets('is not a map of names', 'Write the name of each target with a colon, and its keys indented below.');
}

/** Null where the text has an alias without its anchor, or far too many of them. */
function plainValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ mapAsMap: true });
  } catch {
    return null;
  }
}

function targetOf(name: unknown, value: unknown, defaults: TargetDefaults): TargetSettings {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw badTargets(`has a target named "${typeof name === 'string' ? shorten(name, 80) : '?'}"`, NAME_HELP);
  }
  if (name === 'default') {
    throw badTargets('has a target named default', 'That is the name of a run without targets: choose another one.');
  }
  if (!(value instanceof Map)) {
    throw badTargets(`has no keys below ${name}`, `Indent them below the name: ${KEYS.join(', ')}.`);
  }
  const unknown = [...(value as Map<unknown, unknown>).keys()].find((key) => !KEYS.some((known) => known === key));
  if (unknown !== undefined) {
    const key = typeof unknown === 'string' ? unknown : '?';
    throw badTargets(
      `has the key "${shorten(key, 80)}" in ${name}, which is none that a target can have`,
      `Use ${KEYS.join(', ')}.${didYouMean(key, KEYS)}`,
    );
  }
  const what = (key: string): string => `The key ${key} of the target ${name}`;
  const text = (key: (typeof KEYS)[number]): string => textIn(what(key), (value as Map<unknown, unknown>).get(key));
  if (text('region') !== '' && text('api-url') !== '') {
    throw badTargets(`has both region and api-url in ${name}`, 'Keep one of them.');
  }
  const region = oneOf(what('region'), text('region'), REGIONS, defaults.region);
  return {
    name,
    apiKey: secretIn(what('api-key'), text('api-key')) || null,
    apiUrl: apiUrlIn(what('api-url'), text('api-url') || (text('region') === '' ? defaults.apiUrl : ''), region),
    detections: rootsIn(what('detections'), rootLines(what('detections'), value), defaults.detections),
    ring: ringIn(name, text('ring')),
    community: communityIn(name, text('community')),
    takesUuid: yesOrNo(what('takes-uuid'), text('takes-uuid'), false),
  };
}

function textIn(what: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.trim();
  throw new InputError('bad-targets', `${what} is not a text.`, 'Write one value behind the colon.');
}

/** A list, or lines of a text. */
function rootLines(what: string, target: ReadonlyMap<unknown, unknown>): readonly string[] {
  const value = target.get('detections');
  if (!Array.isArray(value)) return linesIn(textIn(what, value));
  return (value as readonly unknown[]).flatMap((each) => linesIn(textIn(what, each)));
}

function ringIn(name: string, text: string): string | null {
  if (text === '') return null;
  if (NAME.test(text)) return text;
  throw badTargets(`has the ring "${shorten(text, 80)}" in ${name}`, NAME_HELP);
}

function communityIn(name: string, text: string): string | null {
  if (text === '') return null;
  const uuid = asUuid(text);
  if (uuid !== undefined) return uuid;
  throw badTargets(
    `has a community in ${name} that is not a UUID`,
    'Take the UUID that `GET /v1/me` names for the key of this target.',
  );
}

/** One community under two names would get every rule twice. */
function requireOnce(
  targets: readonly TargetSettings[],
  key: string,
  valueOf: (target: TargetSettings) => string | null,
): void {
  const seen = new Map<string, string>();
  for (const target of targets) {
    const value = valueOf(target);
    if (value === null) continue;
    const other = seen.get(value);
    if (other !== undefined) {
      throw badTargets(
        `has the same ${key} in ${other} and ${target.name}`,
        'Each target is a community of its own: two of one community would create every rule twice.',
      );
    }
    seen.set(value, target.name);
  }
}

function badTargets(what: string, help: string): InputError {
  return new InputError('bad-targets', `The input targets ${what}.`, help);
}
