import type { Buffer } from 'node:buffer';
import { readEventFile } from '../rule-tests/read-event-file.js';
import { runTests } from '../rule-tests/run-tests.js';
import type { EventFile, TestCounts, TestTrace } from '../rule-tests/types.js';
import type { Pattern } from '../sigma/parse/types.js';
import { fileFinding, lfsPointer, located, notRead, unreadableFile } from './file-faults.js';
import type { EventPath, FoundTests } from './find-tests.js';
import type { Candidate } from './pair-files.js';
import type { ReadCache } from './read-cache.js';
import type { Finding } from './types.js';

export interface TestedDetection {
  /** Undefined without a tests file. */
  readonly counts: TestCounts | undefined;
  readonly findings: readonly Finding[];
  /** Where they were asked for. */
  readonly traces?: readonly TestTrace[];
}

/** What was read for the tests: contents by path, and the tests files. */
export interface TestContents {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly tests: FoundTests;
  readonly cache: ReadCache;
  /** Whether what each event does is to be told. */
  readonly trace?: boolean;
}

/** Runs the tests of a detection. @param pattern undefined where it could not be read. */
export function testDetection(
  { stem, tests: [first, ...others] }: Candidate,
  pattern: Pattern | undefined,
  { tests, files, cache, trace = false }: TestContents,
): TestedDetection {
  const file = tests.get(stem);
  if (first === undefined || file === undefined) return { counts: undefined, findings: [] };
  if (others.length > 0) {
    const names = [first, ...others].map(({ path }) => `\`${path}\``).join(' and ');
    const words = {
      code: 'test-syntax',
      message: `One detection has several tests files: ${names}.`,
      help: 'Put all tests into one of them.',
    };
    return { counts: NONE_READ, findings: [fileFinding(first.path, 'error', words)] };
  }
  if (file.kind === 'faulty') return { counts: NONE_READ, findings: [file.fault] };
  const eventsOf = (path: string): EventFile => eventsAt(file.events.get(path), files);
  const { reading } = file;
  const { problems, traces, ...counts } = cache.remember(
    `results ${file.path}`,
    [pattern, reading, trace, ...[...file.events].flatMap(([path, place]) => inputsOf(path, place, files))],
    () => runTests({ reading, pattern, eventsOf, trace }),
  );
  const findings = problems.map((problem) => located(file.path, problem));
  return { counts: { ...counts, file: file.path }, findings, ...(traces === undefined ? {} : { traces }) };
}

/** All that the events of a test depend on. */
function inputsOf(path: string, place: EventPath, files: ReadonlyMap<string, Buffer>): readonly unknown[] {
  switch (place.kind) {
    case 'outside':
      return [path, place.kind];
    case 'missing':
    case 'link':
      return [path, place.kind, place.fault];
    case 'file':
      return [path, place.file.path, place.file.size, files.get(place.file.path)];
  }
}

const NONE_READ: TestCounts = { passed: 0, failed: 1 };

function eventsAt(place: EventPath | undefined, files: ReadonlyMap<string, Buffer>): EventFile {
  if (place === undefined || place.kind === 'outside') {
    const help = 'Put the events into the repository, best beside the tests file.';
    return { kind: 'fault', message: 'The path leads out of the repository.', help };
  }
  if (place.kind !== 'file') {
    const help = 'Paths count from the folder of the tests file; capitals count too.';
    return { kind: 'fault', message: place.fault, help };
  }
  const { file } = place;
  const content = files.get(file.path);
  const fault = unreadableFile(file) ?? (content === undefined ? notRead(file.path) : lfsPointer(file.path, content));
  if (content === undefined || fault !== undefined) {
    return { kind: 'fault', message: fault?.message ?? '', help: fault?.help ?? '' };
  }
  return readEventFile(content);
}

/** The finding of a detection that has to have tests and has none. */
export function missingTests({ stem, tests }: Candidate, path: string): readonly Finding[] {
  if (tests.length > 0) return [];
  return [
    fileFinding(path, 'error', {
      code: 'test-missing',
      message: `There is no tests file \`${stem}_tests.yml\` for this detection, and the input \`require-tests\` asks for one.`,
      help: `Add \`${stem}_tests.yml\` with at least one test (docs/rule-tests.md).`,
    }),
  ];
}

/** Tests files of what is no detection. */
export function lonelyTests({ stem, tests }: Candidate): readonly Finding[] {
  const words = {
    code: 'test-orphan',
    message: `There is no detection \`${stem}\` for these tests.`,
    help: `Add \`${stem}.json\` and \`${stem}_sigma.yml\`, rename the tests as their detection is named, or remove them.`,
  };
  return tests.map(({ path }) => fileFinding(path, 'warning', words));
}
