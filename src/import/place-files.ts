import { ActionError } from '../errors.js';
import { nameKey } from './file-names.js';

export type ImportErrorCode = 'no-folder' | 'folder-in-the-way' | 'not-written';

/** Why no files can be imported at all. */
export class ImportError extends ActionError<ImportErrorCode> {}

/** A folder for new files, repository-relative without a slash at its end; `''` is the root. */
export interface Folder {
  readonly path: string;
  /** `nameKey` of every NAME that new files cannot have. */
  readonly taken: ReadonlySet<string>;
}

/** @param files every file at or below the folder. */
export function folderOf(path: string, files: readonly string[]): Folder {
  const start = path === '' ? 0 : path.length + 1;
  const below = files.filter((file) => path === '' || file.startsWith(`${path}/`));
  // A folder that is named like a file is in its way too.
  const entries = new Set(below.map((file) => file.slice(start).split('/', 1)[0] ?? ''));
  return { path, taken: new Set([...entries].map((entry) => nameKey(nameIn(entry)))) };
}

/** Folder and NAME. */
export function stemIn({ path }: Folder, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

/** What stands before an ending that files of a detection may have, in any letter case. */
function nameIn(entry: string): string {
  return entry.replace(/(?:_(?:sigma|tests))?\.(?:json|ya?ml)$/i, '');
}

/** The folder and those above it, of which none may be a file or a link. */
export function placesOn(path: string): readonly string[] {
  const segments = path === '' ? [] : path.split('/');
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

export function noFolder(written: readonly string[]): ImportError {
  return new ImportError(
    'no-folder',
    `no line of the input \`detections\` takes new files: ${written.join(', ')}`,
    'Name a plain folder, such as `detections`, in its first line.',
  );
}

export function inTheWay(place: string): ImportError {
  return new ImportError(
    'folder-in-the-way',
    `new files belong below ${place}, which is no folder but a file, a link or a submodule`,
    'Name another folder in the first line of the input `detections`.',
  );
}
