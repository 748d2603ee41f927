import { isDeepStrictEqual } from 'node:util';
import { isMap } from 'yaml';
import type { RuleUuid } from '../sekoia/types.js';
import { asRuleUuid } from '../sekoia/types.js';
import { readMetadataText } from './read-metadata-text.js';
import type { MetadataText } from './read-metadata-text.js';
import { spliced } from './splices.js';
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
  /** The UUID of a rule that is gone for good, whose place the new one takes. */
  readonly replaces: RuleUuid | null;
  readonly target: TargetKey | null;
}

/**
 * Puts the UUID into a metadata file: the one edit the action makes in a user's file, and it changes nothing else (issue
 * "Deploy on push", item 6). The source is spliced at the positions of its nodes and never written anew, since every
 * YAML and JSON writer changes bytes (action-engineering.md §7). An empty `uuid` is filled, else it becomes the last
 * member. The result is read again before it is handed out: it differs by the UUID alone, or there is no edit.
 *
 * `file.path` tells JSON from YAML by its ending. `replaces` is the UUID of a rule that is gone for good: where the file
 * has exactly that one, its characters make way for the new one's. Nothing is thrown.
 */
export function putUuid(
  file: { readonly path: string; readonly content: Buffer },
  { uuid, replaces }: WantedUuid,
): UuidEditing {
  const before = readMetadataText(file.path, file.content);
  if (before.kind === 'unreadable') return { kind: 'not-editable', reason: before.reason };
  const present = before.value['uuid'];
  if (typeof present === 'string' && present.trim() !== '') {
    const there = asRuleUuid(present);
    if (there === uuid) return { kind: 'already-there' };
    if (there === undefined || there !== replaces) return { kind: 'other-uuid', uuid: present };
  }
  if (present !== undefined && present !== null && typeof present !== 'string') {
    return { kind: 'not-editable', reason: 'its `uuid` is not text' };
  }
  for (const splices of uuidSplices(before, uuid, replaces)) {
    const content = spliced(before, splices);
    if (differsByUuidAlone(before, readMetadataText(file.path, content), uuid)) return { kind: 'edited', content };
  }
  return { kind: 'not-editable', reason: 'its UUID cannot be written without changing something else in it' };
}

function differsByUuidAlone(before: MetadataText, after: ReturnType<typeof readMetadataText>, uuid: RuleUuid): boolean {
  if (after.kind === 'unreadable' || !isMap(after.root)) return false;
  return asRuleUuid(after.value['uuid']) === uuid && isDeepStrictEqual(withoutUuid(after), withoutUuid(before));
}

function withoutUuid({ value }: MetadataText): unknown {
  return Object.entries(value).filter(([key]) => key !== 'uuid');
}
