import type { Buffer } from 'node:buffer';
import { identityOf } from './identity.js';
import type { Candidate } from './pair-files.js';
import type { ReadCache } from './read-cache.js';
import { readOnce } from './read-once.js';
import type { View } from './target-values.js';
import type { LeftOut } from './types.js';

/** What a candidate is to a target that its metadata file leaves out; undefined for all others, and for what is faulty. */
export function leftOutOf(
  { metadata }: Candidate,
  files: ReadonlyMap<string, Buffer>,
  { view, cache }: { readonly view: View; readonly cache: ReadCache },
): LeftOut | undefined {
  const [file, second] = metadata;
  const content = files.get(file?.path ?? '');
  if (view.target === null || file === undefined || second !== undefined || content === undefined) return undefined;
  const text = readOnce(file.path, content, cache);
  if (text.kind === 'unreadable') return undefined;
  const { isLeftOut, ...identity } = identityOf(text.value, view.target, view.targets);
  return isLeftOut ? { path: file.path, ...identity } : undefined;
}
