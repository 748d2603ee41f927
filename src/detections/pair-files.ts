import { posix } from 'node:path';
import type { SourceFile } from './types.js';

/** The files of one NAME in one folder: what they are a detection of is for the reader to say. */
export interface Candidate {
  /** Folder and NAME: the metadata path without its ending. */
  readonly stem: string;
  readonly metadata: readonly SourceFile[];
  readonly patterns: readonly SourceFile[];
  readonly tests: readonly SourceFile[];
}

export interface PairedFiles {
  /** In path order. */
  readonly candidates: readonly Candidate[];
  /** Files that would be part of a detection if their names had the right letter case. */
  readonly miscased: readonly SourceFile[];
}

export type Role =
  | { readonly kind: 'metadata' | 'pattern' | 'tests'; readonly stem: string }
  | { readonly kind: 'miscased' }
  /** Nothing of ours. */
  | { readonly kind: 'other' };

/**
 * What a path is by its name alone: `NAME.json`, `.yml`, `.yaml` metadata; `NAME_sigma.yml`, `.yaml` the pattern;
 * `NAME_tests.yml`, `.yaml`, `.json` its tests. `NAME_tests.*` is never metadata.
 */
export function roleOf(path: string): Role {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = posix.basename(path);
  const pattern = /^(.+)_sigma\.ya?ml$/s.exec(name);
  if (pattern !== null) return { kind: 'pattern', stem: `${folder}${pattern[1] ?? ''}` };
  const tests = /^(.+)_tests\.(?:json|ya?ml)$/s.exec(name);
  if (tests !== null) return { kind: 'tests', stem: `${folder}${tests[1] ?? ''}` };
  if (/._tests\.(?:json|ya?ml)$/i.test(name)) return { kind: 'miscased' };
  if (/_tests\.[^.]*$/i.test(name)) return { kind: 'other' };
  if (/_sigma\.ya?ml$/i.test(name)) return { kind: /_sigma\.ya?ml$/.test(name) ? 'other' : 'miscased' };
  const metadata = /^(.+)\.(?:json|ya?ml)$/s.exec(name);
  if (metadata !== null) return { kind: 'metadata', stem: `${folder}${metadata[1] ?? ''}` };
  return { kind: /.\.(?:json|ya?ml)$/i.test(name) ? 'miscased' : 'other' };
}

export function pairFiles(files: readonly SourceFile[]): PairedFiles {
  const byStem = new Map<string, Record<'metadata' | 'patterns' | 'tests', SourceFile[]>>();
  const miscased: SourceFile[] = [];
  for (const file of [...files].sort((one, other) => comparePaths(one.path, other.path))) {
    if (file.kind === 'submodule') continue;
    const role = roleOf(file.path);
    if (role.kind === 'miscased') miscased.push(file);
    if (role.kind === 'miscased' || role.kind === 'other') continue;
    const parts = byStem.get(role.stem) ?? { metadata: [], patterns: [], tests: [] };
    byStem.set(role.stem, parts);
    parts[role.kind === 'pattern' ? 'patterns' : role.kind].push(file);
  }
  const candidates = [...byStem].map(([stem, parts]) => ({ stem, ...parts }));
  return { candidates: candidates.sort((one, other) => comparePaths(pathOf(one), pathOf(other))), miscased };
}

/** The path that stands for a candidate: its metadata file, or its pattern when there is none, or else its tests. */
export function pathOf({ stem, metadata, patterns, tests }: Candidate): string {
  return (metadata[0] ?? patterns[0] ?? tests[0])?.path ?? stem;
}

/** By code units, so that the order is the same on every machine. */
export function comparePaths(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
