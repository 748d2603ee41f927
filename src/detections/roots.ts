import picomatch from 'picomatch';
import { DetectionsError } from './errors.js';

/** The folders and globs of the `detections` input. */
export interface Roots {
  /** Folders to list: below them is all that a root can match. `''` is the whole repository. */
  readonly folders: readonly string[];
  /** The roots that the path is at or below, as written. */
  matching(path: string): readonly string[];
  /** Whether a `!` line takes the path out. */
  excludes(path: string): boolean;
  /** Whether what these files make up is looked at: one of them is named, and none of them taken out. */
  includes(paths: readonly string[]): boolean;
  /** All roots but the excluding ones, as written. */
  readonly written: readonly string[];
}

interface Root {
  readonly written: string;
  readonly path: string;
  matches(path: string): boolean;
}

/**
 * Reads the lines of the `detections` input: folders or globs from the repository's root, `!` excludes, blank lines and
 * lines that begin with `#` say nothing. A folder is all below it; a glob is the files that it matches, and all below
 * the folders that it matches.
 *
 * @throws DetectionsError for a path that is absolute or leaves the repository, and when nothing is included.
 */
export function parseRoots(lines: readonly string[]): Roots {
  const entries = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const included = entries.filter((entry) => !entry.startsWith('!')).map((entry) => rootOf(entry, entry));
  const excluded = entries
    .filter((entry) => entry.startsWith('!'))
    .map((entry) => rootOf(entry, entry.slice(1).trim()));
  if (included.length === 0) {
    throw new DetectionsError(
      'roots-empty',
      'The input `detections` names no folder to look in.',
      'Name at least one folder, such as `detections`; lines with `!` only take away from the others.',
    );
  }
  const matching = (path: string): readonly string[] =>
    included.filter((root) => root.matches(path)).map(({ written }) => written);
  const excludes = (path: string): boolean => excluded.some((root) => root.matches(path));
  return {
    folders: withoutNested(included.map(folderToList)),
    matching,
    excludes,
    includes: (paths) => paths.some((path) => matching(path).length > 0) && !paths.some(excludes),
    written: included.map(({ written }) => written),
  };
}

function rootOf(written: string, text: string): Root {
  if (text.includes('\\')) {
    const help = `Write \`${text.replaceAll('\\', '/')}\`.`;
    throw new DetectionsError('root-backslash', `\`${written}\` in the input \`detections\` has a backslash.`, help);
  }
  if (text.startsWith('/') || /^[a-z]:/i.test(text)) {
    const help = 'Write the folder as seen from the root of the repository, such as `detections/windows`.';
    throw new DetectionsError('root-absolute', `\`${written}\` in the input \`detections\` is an absolute path.`, help);
  }
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) {
    const help = 'Name folders of the repository that the workflow runs in.';
    throw new DetectionsError(
      'root-outside',
      `\`${written}\` in the input \`detections\` leaves the repository.`,
      help,
    );
  }
  const path = segments.join('/');
  return { written, path, matches: matcherOf(path) };
}

function matcherOf(root: string): (path: string) => boolean {
  if (root === '') return (path) => !isGits(path);
  const isAtOrBelow = (path: string): boolean => path === root || path.startsWith(`${root}/`);
  const { isGlob, base } = picomatch.scan(root);
  if (!isGlob) return isAtOrBelow;
  const matches = remembering(picomatch(root, { dot: true }));
  const matchesFolder = (path: string): boolean => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return folder !== '' && (matches(folder) || matchesFolder(folder));
  };
  // A name that only looks like a glob, such as `rules (old)`, is taken by the letter too.
  return (path) => (base !== '' || !isGits(path)) && (isAtOrBelow(path) || matches(path) || matchesFolder(path));
}

/** Folders are asked for once a file, and there are few of them. */
function remembering(matches: (path: string) => boolean): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const answer = known.get(path) ?? matches(path);
    known.set(path, answer);
    return answer;
  };
}

/** What belongs to git and GitHub is looked at only when it is named. */
function isGits(path: string): boolean {
  return /^\.git(?:hub)?(?:\/|$)/i.test(path);
}

function folderToList({ path }: Root): string {
  const { isGlob, base } = picomatch.scan(path);
  if (isGlob) return base;
  // A root may name one file; the other half of its detection stands beside it.
  return /\.(?:json|ya?ml)$/i.test(path) ? path.slice(0, Math.max(0, path.lastIndexOf('/'))) : path;
}

function withoutNested(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isBelow(folder, other)));
}

function isBelow(folder: string, other: string): boolean {
  return other === '' || folder.startsWith(`${other}/`);
}
