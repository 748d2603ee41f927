import { posix } from 'node:path';
import type { Buffer } from 'node:buffer';
import { eventPathsOf, readTests } from '../rule-tests/read-tests.js';
import type { TestsReading } from '../rule-tests/types.js';
import { linkFault, lfsPointer, notRead, unreadableFile } from './file-faults.js';
import { followLinks } from './follow-links.js';
import type { LinkTarget } from './follow-links.js';
import type { Candidate } from './pair-files.js';
import type { ReadCache } from './read-cache.js';
import type { FileSource, Finding, SourceFile } from './types.js';

/** By the stem of their detection. */
export type FoundTests = ReadonlyMap<string, TestsFile>;

/** A tests file, and the event files that its tests name. */
export type TestsFile =
  | { readonly kind: 'faulty'; readonly fault: Finding }
  | {
      readonly kind: 'found';
      /** Of the file itself, where it is a link: there its findings stand. */
      readonly path: string;
      readonly reading: TestsReading;
      /** By the path that the test has. */
      readonly events: ReadonlyMap<string, EventPath>;
    };

/** Where the path of an event file leads. */
export type EventPath =
  | { readonly kind: 'outside' }
  | { readonly kind: 'missing' | 'link'; readonly via: readonly string[]; readonly fault: string }
  | {
      readonly kind: 'file';
      readonly file: SourceFile;
      /** Every path on the way, the file's too. */
      readonly via: readonly string[];
    };

/**
 * Reads the tests files of candidates, and finds the event files that they name. Paths are followed inside the
 * repository only, as patterns are that are links.
 *
 * @param asked.links where tests files that are links lead.
 * @param asked.only `naming-files` leaves out those that name no event file, most of them without parsing them.
 */
export async function findTests(
  source: FileSource,
  candidates: readonly Candidate[],
  asked: {
    readonly links: ReadonlyMap<string, LinkTarget>;
    readonly only: 'naming-files' | 'any';
    readonly cache: ReadCache;
  },
): Promise<FoundTests> {
  const { links, only, cache } = asked;
  const files = candidates.flatMap(({ stem, tests: [file] }) =>
    file === undefined ? [] : [{ stem, file, target: targetOf(file, links) }],
  );
  if (files.length === 0) return new Map();
  const readable = files.flatMap(({ target }) => ('size' in target ? [target] : []));
  const contents = readable.length === 0 ? new Map<string, Buffer>() : await source.read(distinct(readable));
  const read = files
    .filter(({ target }) => only === 'any' || ('size' in target && mayNameFiles(contents.get(target.path))))
    .map(({ stem, file, target }) => ({ stem, file, tests: readOne(target, contents, cache) }));
  const named = read.flatMap(({ file, tests }) =>
    'code' in tests ? [] : eventPathsOf(tests.reading).map((written) => resolved(file.path, written)),
  );
  const places = await locate(source, [...new Set(named.filter((path) => path !== undefined))]);
  return new Map(
    read.map(({ stem, file, tests }): readonly [string, TestsFile] => {
      if ('code' in tests) return [stem, { kind: 'faulty', fault: tests }];
      const { path, reading } = tests;
      const events = eventPathsOf(reading).map((written): readonly [string, EventPath] => {
        const place = resolved(file.path, written);
        return [written, (place === undefined ? undefined : places.get(place)) ?? { kind: 'outside' }];
      });
      return [stem, { kind: 'found', path, reading, events: new Map(events) }];
    }),
  );
}

/**
 * Whether there may be a path in a tests file: a `from`, or an `events` that is no list, or either hidden by an escape
 * sequence or an alias.
 */
function mayNameFiles(content: Buffer | undefined): boolean {
  const text = content?.toString() ?? '';
  if (/from|\\|\*/.test(text)) return true;
  const lists = text.match(/events["']?[ \t]*:\s*(?:#[^\n]*\n\s*)*[-[]/g)?.length ?? 0;
  return lists < (text.match(/events/g)?.length ?? 0);
}

/** The event files of tests, to be read. */
export function eventFilesOf(tests: Iterable<TestsFile>): readonly SourceFile[] {
  return [...tests].flatMap((file) =>
    file.kind === 'faulty'
      ? []
      : [...file.events.values()].flatMap((each) => (each.kind === 'file' ? [each.file] : [])),
  );
}

/** Every path that the events of a tests file depend on. */
export function eventPathsIn(file: TestsFile | undefined): readonly string[] {
  if (file === undefined || file.kind === 'faulty') return [];
  return [...file.events.values()].flatMap((each) => (each.kind === 'outside' ? [] : each.via));
}

function targetOf(file: SourceFile, links: ReadonlyMap<string, LinkTarget>): SourceFile | Finding {
  const link = file.kind === 'link' ? links.get(file.path) : undefined;
  if (link !== undefined && link.kind !== 'file') return linkFault(file.path, link);
  const target = link?.file ?? file;
  return unreadableFile(target) ?? target;
}

function readOne(
  target: SourceFile | Finding,
  contents: ReadonlyMap<string, Buffer>,
  cache: ReadCache,
): Finding | { readonly path: string; readonly reading: TestsReading } {
  if ('code' in target) return target;
  const { path } = target;
  const content = contents.get(path);
  if (content === undefined) return notRead(path);
  const pointer = lfsPointer(path, content);
  if (pointer !== undefined) return pointer;
  const format = path.endsWith('.json') ? 'json' : 'yaml';
  return { path, reading: cache.remember(`tests ${path}`, [content], () => readTests(content, format)) };
}

/** The repository path of what stands in a tests file; undefined when that is outside, or git's own. */
function resolved(testsFile: string, written: string): string | undefined {
  if (written.startsWith('/') || /^[a-z]:/i.test(written) || written.includes('\\') || written.includes('\0')) {
    return undefined;
  }
  const path = posix.normalize(posix.join(posix.dirname(testsFile), written)).replace(/\/$/, '');
  return path === '..' || path.startsWith('../') || /^\.git(?:\/|$)/i.test(path) ? undefined : path;
}

async function locate(source: FileSource, paths: readonly string[]): Promise<ReadonlyMap<string, EventPath>> {
  const files = new Map((await source.find(paths)).map((file) => [file.path, file]));
  const links = await followLinks(
    source,
    [...files.values()].filter(({ kind }) => kind === 'link'),
  );
  return new Map(paths.map((path) => [path, placeOf(path, files.get(path), links.get(path))]));
}

function placeOf(path: string, file: SourceFile | undefined, link: LinkTarget | undefined): EventPath {
  if (link !== undefined) {
    const via = [path, ...link.via];
    return link.kind === 'file'
      ? { kind: 'file', file: link.file, via }
      : { kind: 'link', via, fault: linkFault(path, link).message };
  }
  if (file?.kind === 'file') return { kind: 'file', file, via: [path] };
  return { kind: 'missing', via: [path], fault: `There is no file \`${path}\` in the repository.` };
}

function distinct(files: readonly SourceFile[]): readonly SourceFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
