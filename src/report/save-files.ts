import { lstat, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ActionError } from '../errors.js';
import { codeQuality } from './code-quality.js';
import { junit } from './junit.js';
import { reportJson } from './report-json.js';
import { sarif } from './sarif.js';
import type { Report } from './types.js';

/** The kinds of reports that can be asked for. */
export type ReportKind = 'junit' | 'code-quality' | 'sarif' | 'report';

export interface ReportFile {
  readonly kind: ReportKind;
  /** Below the repository's root, forward slashes. */
  readonly path: string;
}

/** A report cannot be written where it was asked for. */
export class ReportFileError extends ActionError<'report-file'> {}

/**
 * Writes the report into files of the repository, where the CI system picks them up. No link leads out of it, and one that
 * stands in a file's place is replaced: whoever wrote the branch must not choose what is overwritten.
 *
 * @param root absolute path of the repository's root.
 * @throws ReportFileError
 */
export async function saveFiles(report: Report, root: string, files: readonly ReportFile[]): Promise<void> {
  for (const file of files) {
    try {
      await saveFile(path.join(root, file.path), TEXTS[file.kind](report), await realpath(root));
    } catch (error) {
      if (error instanceof ReportFileError) throw error;
      throw unwritable(file, error);
    }
  }
}

const TEXTS: Readonly<Record<ReportKind, (report: Report) => string>> = {
  junit,
  'code-quality': (report) => `${JSON.stringify(codeQuality(report), null, 2)}\n`,
  sarif: (report) => `${JSON.stringify(sarif(report), null, 2)}\n`,
  report: (report) => `${JSON.stringify(reportJson(report), null, 2)}\n`,
};

async function saveFile(file: string, text: string, root: string): Promise<void> {
  const folder = await folderWithin(root, path.dirname(file));
  const target = path.join(folder, path.basename(file));
  if ((await lstat(target).catch(() => null))?.isDirectory() === true)
    throw new Error('there is a folder of that name');
  const fresh = path.join(folder, `.${path.basename(file)}.${process.pid}`);
  try {
    await rm(fresh, { force: true });
    await writeFile(fresh, text, { flag: 'wx' });
    await rename(fresh, target);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** The folder, made where it is missing; folder by folder, so that none is made behind a link. */
async function folderWithin(root: string, folder: string): Promise<string> {
  let at = root;
  for (const name of path.relative(root, folder).split(path.sep).filter(Boolean)) {
    const next = path.join(at, name);
    await mkdir(next).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    at = await realpath(next);
    if (at !== root && !at.startsWith(root + path.sep)) throw new Error('a link leads out of the repository');
    if (isGitFolder(root, at)) throw new Error('it lies in the folder of git');
  }
  return at;
}

function isGitFolder(root: string, folder: string): boolean {
  return path.relative(root, folder).split(path.sep)[0]?.toLowerCase() === '.git';
}

function unwritable({ kind, path: file }: ReportFile, cause: unknown): ReportFileError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ReportFileError(
    'report-file',
    `The file ${file} of --${kind} cannot be written: ${why}.`,
    'Name a file of the repository that may be written, such as reports/junit.xml.',
    { cause },
  );
}
