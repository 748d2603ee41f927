import { closest, distance } from 'fastest-levenshtein';
import { asRuleUuid } from '../sekoia/types.js';
import { findingIn, findingOnKey } from './check-metadata.js';
import type { Words } from './metadata-words.js';
import type { MetadataText } from './read-metadata-text.js';
import { isEmpty, isObject, memberIn } from './target-values.js';
import type { View } from './target-values.js';
import type { Finding, TargetKey } from './types.js';

/**
 * What is wrong in what the file says of targets. Kinds and shapes are the schema's matter: what it refuses is passed over
 * here.
 */
export function checkTargets(path: string, file: MetadataText, { target, targets }: View): readonly Finding[] {
  const at = { path, file };
  if (target === null || targets === null) return withoutInput(at);
  return [
    ...bothLists(at),
    ...unknownNames(at, targets),
    ...plainUuid(at, target, targets),
    ...sharedUuids(at, target, targets),
  ];
}

interface At {
  readonly path: string;
  readonly file: MetadataText;
}

/**
 * A run without targets would make the rule a second time, or deploy it where it is not meant to be. `uuids` beside a
 * plain `uuid` is no matter: which rule it is stands there.
 */
function withoutInput({ path, file }: At): readonly Finding[] {
  const { value } = file;
  const keys = isEmpty(value['uuid']) ? ['uuids', ...MEANT_FOR_SOME] : MEANT_FOR_SOME;
  const key = keys.find((each) => holdsSomething(value[each]));
  if (key === undefined) return [];
  const words = {
    code: 'targets-without-input',
    message: `\`${key}\` says that this file belongs to a repository with targets, and the input \`targets\` is empty.`,
    help:
      key === 'uuids'
        ? 'Give the action the input `targets`, or put the UUID of the one rule into `uuid`; else the rule would be made a second time.'
        : `Give the action the input \`targets\`, or remove \`${key}\`.`,
  };
  return [findingOnKey(path, file, [key], words, 'error')];
}

const MEANT_FOR_SOME = ['targets', 'only', 'except'];

function holdsSomething(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  return isObject(value) && Object.keys(value).length > 0;
}

function bothLists({ path, file }: At): readonly Finding[] {
  const { value } = file;
  if (!Array.isArray(value['only']) || !Array.isArray(value['except'])) return [];
  const words = {
    code: 'only-and-except',
    message: '`only` and `except` stand in one file, and each says which targets get the rule.',
    help: 'Remove one of the two.',
  };
  return [findingOnKey(path, file, ['except'], words, 'error')];
}

/**
 * A name that no target has: most often a slip, which would leave a customer without a rule, or with other values. An
 * entry of `uuids` may be of a target that is no more, so only what looks like a slip is told there.
 */
function unknownNames({ path, file }: At, targets: readonly TargetKey[]): readonly Finding[] {
  const { value } = file;
  const known = targets.map(({ name }) => name);
  const isUnknown = (name: unknown): name is string =>
    typeof name === 'string' && /^[a-z0-9-]{1,40}$/.test(name) && !known.includes(name);
  const listed = ['only', 'except'].flatMap((key) => {
    const names: unknown = value[key];
    if (!Array.isArray(names)) return [];
    return names.flatMap((name: unknown, index) =>
      isUnknown(name) ? [findingIn(path, file, [key, String(index)], noSuchTarget(name, known), 'error')] : [],
    );
  });
  const overlays = keysOf(value['targets'])
    .filter(isUnknown)
    .map((name) => findingOnKey(path, file, ['targets', name], noSuchTarget(name, known), 'error'));
  const uuids = keysOf(value['uuids']).flatMap((name) => {
    const nearest = isUnknown(name) ? closest(name, known) : '';
    const isSlip = nearest !== '' && distance(name, nearest) <= 2 && isEmpty(memberIn(value['uuids'], nearest));
    return isSlip ? [findingOnKey(path, file, ['uuids', name], likelySlip(name, nearest), 'warning')] : [];
  });
  return [...listed, ...overlays, ...uuids];
}

function noSuchTarget(name: string, known: readonly string[]): Words {
  const nearest = closest(name, known);
  const isNear = distance(name, nearest) <= Math.max(2, Math.floor(name.length / 3));
  return {
    code: 'target-unknown',
    message: `There is no target \`${name}\` in the input \`targets\`.`,
    help: isNear ? `Did you mean \`${nearest}\`?` : `Remove it, or add \`${name}\` to the input \`targets\`.`,
  };
}

function likelySlip(name: string, nearest: string): Words {
  return {
    code: 'uuid-target-unknown',
    message: `There is no target \`${name}\` in the input \`targets\`, and \`${nearest}\` has no UUID here.`,
    help: `If \`${nearest}\` is meant, write it so; else remove the entry.`,
  };
}

function plainUuid({ path, file }: At, target: TargetKey, targets: readonly TargetKey[]): readonly Finding[] {
  const { value } = file;
  const plain = value['uuid'];
  if (isEmpty(plain)) return [];
  if (!targets.some(({ takesUuid }) => takesUuid)) {
    const words = {
      code: 'uuid-without-target',
      message: '`uuid` does not say whose rule it is, and no target of the input `targets` takes it.',
      help: 'Set `takes-uuid: true` at the target in whose community these rules are, or move the UUID to `uuids` by hand.',
    };
    return [findingIn(path, file, ['uuid'], words, 'error')];
  }
  const own = memberIn(value['uuids'], target.name);
  if (!target.takesUuid || isEmpty(own) || asRuleUuid(own) === asRuleUuid(plain)) return [];
  const words = {
    code: 'uuid-contradiction',
    message: `\`uuid\` and \`uuids.${target.name}\` are both of the target \`${target.name}\`, and they differ.`,
    help: 'Remove the one whose rule is not meant; look in Sekoia which of the two rules that is.',
  };
  return [findingIn(path, file, ['uuids', target.name], words, 'error')];
}

/** Two targets with one rule: each would undo what the other's overlay says. */
function sharedUuids({ path, file }: At, target: TargetKey, targets: readonly TargetKey[]): readonly Finding[] {
  const { value } = file;
  const taker = targets.find(({ takesUuid }) => takesUuid)?.name;
  const uuidOf = (name: string): string | undefined => {
    const own = memberIn(value['uuids'], name);
    return asRuleUuid(isEmpty(own) && name === taker ? value['uuid'] : own);
  };
  const mine = uuidOf(target.name);
  const sharing = targets.map(({ name }) => name).filter((name) => mine !== undefined && uuidOf(name) === mine);
  const last = sharing.filter((name) => !isEmpty(memberIn(value['uuids'], name))).at(-1);
  if (sharing.length < 2 || last === undefined) return [];
  const words = {
    code: 'uuid-of-two-targets',
    message: `The targets ${sharing.map((name) => `\`${name}\``).join(' and ')} have one UUID, so they would write one rule.`,
    help: 'Two communities never share a rule: remove the entry of the target whose community does not have it.',
  };
  return [findingIn(path, file, ['uuids', last], words, 'warning')];
}

function keysOf(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}
