import type { Buffer } from 'node:buffer';
import type { LinkTarget } from './follow-links.js';
import type { Words } from './metadata-words.js';
import type { Problem } from '../sigma/problem.js';
import type { Finding, Severity, SourceFile } from './types.js';

/** Bytes of a file that is still read; larger ones are refused by their size alone. */
export const MOST_BYTES = 1_048_576;

/** A finding about a file as a whole. */
export function fileFinding(path: string, severity: Severity, words: Words): Finding {
  return { path, line: 1, column: 1, severity, ...words };
}

/** A finding at a place of a file. */
export function located(path: string, { line, column, severity, code, message, help }: Problem<string>): Finding {
  return { path, line, column, severity, code, message, help };
}

export function notRead(path: string): Finding {
  const message = 'The file was listed and could not be read.';
  return fileFinding(path, 'error', { code: 'file-gone', message, help: 'Run the workflow again.' });
}

/** What keeps a file from being read, found without reading it. */
export function unreadableFile({ path, size }: SourceFile): Finding | undefined {
  if (path.includes('\ufffd')) {
    const help = 'Rename the file; names in git have to be UTF-8.';
    return fileFinding(path, 'error', { code: 'path-encoding', message: 'The name of this file is not UTF-8.', help });
  }
  if (size <= MOST_BYTES) return undefined;
  const message = `The file has ${size.toLocaleString('en')} bytes, and ${MOST_BYTES.toLocaleString('en')} are the most that is read.`;
  const help = 'Split the rule into several, or shorten its lists of values.';
  return fileFinding(path, 'error', { code: 'yaml-too-big', message, help });
}

/** A pointer that git LFS left in place of the content. */
export function lfsPointer(path: string, content: Buffer): Finding | undefined {
  if (!content.subarray(0, 64).toString('latin1').startsWith('version https://git-lfs.github.com/spec/'))
    return undefined;
  return fileFinding(path, 'error', {
    code: 'git-lfs-pointer',
    message: 'The repository holds only a Git LFS pointer here, not the file.',
    help: `Keep detections out of LFS: take the pattern out of .gitattributes and run \`git lfs migrate export --include="${path}"\`.`,
  });
}

/** A metadata file that is a link: the UUID is written into it, so it has to be a file. */
export function metadataIsLink(path: string): Finding {
  const message = 'The metadata file is a symbolic link, and the UUID cannot be written through it.';
  const help = 'Put a regular file in its place; only patterns can be links.';
  return fileFinding(path, 'error', { code: 'link-metadata', message, help });
}

export function linkFault(path: string, { kind, target }: Exclude<LinkTarget, { kind: 'file' }>): Finding {
  if (kind === 'outside') {
    const message = `The symbolic link leads out of the repository, to \`${target}\`.`;
    const help = 'Put the file itself into the repository.';
    return fileFinding(path, 'error', { code: 'link-outside', message, help });
  }
  const message = `The symbolic link leads to \`${target}\`, which is no file of the repository.`;
  const help = 'Let it lead to a file, or put the file itself in its place.';
  return fileFinding(path, 'error', { code: 'link-broken', message, help });
}
