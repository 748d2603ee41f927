import type { Buffer } from 'node:buffer';
import { isDeepStrictEqual } from 'node:util';
import { isMap } from 'yaml';
import type { RuleUuid } from '../sekoia/types.js';
import { asRuleUuid } from '../sekoia/types.js';
import { readMetadataText } from './read-metadata-text.js';
import type { MetadataText } from './read-metadata-text.js';
import { removalSplices } from './remove-member.js';
import { spliced } from './splices.js';
import type { Splice } from './splices.js';
import { isEmpty, isObject, memberIn } from './target-values.js';
import type { TargetKey } from './types.js';
import { uuidSplices } from './uuid-splices.js';

export type UuidEditing =
  | { readonly kind: 'edited'; readonly content: Buffer }
  /** The file has this UUID, in whatever letter case. */
  | { readonly kind: 'already-there' }
  /** The file has another value; it stays. */
  | { readonly kind: 'other-uuid'; readonly uuid: string }
  | { readonly kind: 'not-editable'; readonly reason: string };

export interface WantedUuid {
  readonly uuid: RuleUuid;
  /** The UUID of a rule that is gone for good: where the file has exactly that one, the new one takes its place. */
  readonly replaces: RuleUuid | null;
  /** Whose it is: it goes into `uuids` below the target's name; null: into `uuid`. */
  readonly target: TargetKey | null;
}

interface File {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Puts the UUID into a metadata file: the one edit the action makes in a user's file, and it changes nothing else (issue
 * "Deploy on push", item 6). The source is spliced at the positions of its nodes and never written anew, since every
 * YAML and JSON writer changes bytes (action-engineering.md §7). An empty place is filled, else a member is added: `uuid`
 * and `uuids` as the last ones, a target before the first whose name comes after its own. The result is read again before
 * it is handed out: it differs by the UUID alone, or there is no edit.
 *
 * For the target that takes the plain `uuid` this is where that moves: the same UUID there, or the one that is replaced,
 * goes from `uuid` to `uuids`.
 *
 * `file.path` tells JSON from YAML by its ending. Nothing is thrown.
 */
export function putUuid(file: File, wanted: WantedUuid): UuidEditing {
  const before = readMetadataText(file.path, file.content);
  if (before.kind === 'unreadable') return { kind: 'not-editable', reason: before.reason };
  const { target } = wanted;
  const takesPlain = target?.takesUuid === true && !isEmpty(before.value['uuid']);
  const plain = takesPlain ? presence(before.value['uuid'], '`uuid`', wanted) : 'absent';
  if (typeof plain === 'object') return plain;
  if (target !== null && !isEmpty(before.value['uuids']) && !isObject(before.value['uuids'])) {
    return { kind: 'not-editable', reason: 'its `uuids` is no map of targets' };
  }
  const own = presence(...placeOf(before.value, target), wanted);
  if (typeof own === 'object') return own;
  const put = own === 'there' ? file.content : edited(file, before, wanted);
  if (put === null) return CHANGES_MORE;
  if (plain === 'absent') return own === 'there' ? { kind: 'already-there' } : { kind: 'edited', content: put };
  const moved = withoutPlain({ ...file, content: put });
  return moved === null ? NOT_MOVABLE : { kind: 'edited', content: moved };
}

const CHANGES_MORE: UuidEditing = {
  kind: 'not-editable',
  reason: 'its UUID cannot be written without changing something else in it',
};
const NOT_MOVABLE: UuidEditing = {
  kind: 'not-editable',
  reason: 'its `uuid` cannot be moved to `uuids` without changing something else in it',
};

function placeOf(value: MetadataText['value'], target: TargetKey | null): readonly [unknown, string] {
  return target === null
    ? [value['uuid'], '`uuid`']
    : [memberIn(value['uuids'], target.name), `\`uuids.${target.name}\``];
}

/** What a place for the UUID says already; an object says why nothing is put there. */
function presence(
  present: unknown,
  where: string,
  { uuid, replaces }: WantedUuid,
): 'there' | 'absent' | 'replaced' | UuidEditing {
  if (isEmpty(present)) return 'absent';
  if (typeof present !== 'string') return { kind: 'not-editable', reason: `its ${where} is not text` };
  const there = asRuleUuid(present);
  if (there === uuid) return 'there';
  return there === undefined || there !== replaces ? { kind: 'other-uuid', uuid: present } : 'replaced';
}

function edited(file: File, before: MetadataText, wanted: WantedUuid): Buffer | null {
  const { uuid, target } = wanted;
  const isMeant = (after: MetadataText): boolean =>
    asRuleUuid(placeOf(after.value, target)[0]) === uuid &&
    isDeepStrictEqual(without(after, target), without(before, target));
  return firstThat(file, before, uuidSplices(before, wanted), isMeant);
}

function withoutPlain(file: File): Buffer | null {
  const before = readMetadataText(file.path, file.content);
  if (before.kind === 'unreadable') return null;
  const isMeant = (after: MetadataText): boolean =>
    !Object.hasOwn(after.value, 'uuid') && isDeepStrictEqual(without(after, null), without(before, null));
  return firstThat(file, before, removalSplices(before, 'uuid'), isMeant);
}

function firstThat(
  { path }: File,
  before: MetadataText,
  ways: readonly (readonly Splice[])[],
  isMeant: (after: MetadataText) => boolean,
): Buffer | null {
  for (const splices of ways) {
    const content = spliced(before, splices);
    const after = readMetadataText(path, content);
    if (after.kind === 'read' && isMap(after.root) && isMeant(after)) return content;
  }
  return null;
}

/** All that the file says but the UUID of the target. */
function without({ value }: MetadataText, target: TargetKey | null): unknown {
  if (target === null) return Object.entries(value).filter(([key]) => key !== 'uuid');
  const uuids = isObject(value['uuids']) ? Object.entries(value['uuids']) : [];
  return [Object.entries(value).filter(([key]) => key !== 'uuids'), uuids.filter(([name]) => name !== target.name)];
}
