import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const;
/** A larger summary is not uploaded (actions/runner, FileCommandManager.cs). */
const LARGEST_SUMMARY = 1024 * 1024;

export interface CommandFiles {
  /** The variables that tell a step where the files are. */
  readonly variables: Readonly<Record<string, string>>;
  readonly readOutputs: () => Promise<Readonly<Record<string, string>>>;
  /** `dropped` when it was too large; then the text is empty. */
  readonly readSummary: () => Promise<{ readonly text: string; readonly dropped: boolean }>;
}

/** Makes the empty files that a step appends its outputs, summary and the like to. */
export async function createCommandFiles(folder: string): Promise<CommandFiles> {
  await mkdir(folder, { recursive: true });
  const paths = FILES.map((name) => [name, join(folder, name.toLowerCase())] as const);
  for (const [, path] of paths) await writeFile(path, '');
  const variables = Object.fromEntries(paths);
  return {
    variables,
    readOutputs: async () => parseKeyValues(await readFile(join(folder, 'github_output'), 'utf8')),
    readSummary: async () => {
      const bytes = await readFile(join(folder, 'github_step_summary'));
      const dropped = bytes.length > LARGEST_SUMMARY;
      return { text: dropped ? '' : bytes.toString('utf8'), dropped };
    },
  };
}

/**
 * `name=value` lines and `name<<DELIMITER` blocks, whichever sign comes first in a line deciding. Throws where the
 * runner fails the step: a line that is neither, or a block without its end.
 */
export function parseKeyValues(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r\n|\n/u);
  const values: Record<string, string> = {};
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const arrows = line.indexOf('<<');
    if (equals >= 0 && (arrows < 0 || equals < arrows)) {
      values[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (arrows < 0) throw new Error(`Invalid format '${line}'`);
    const delimiter = line.slice(arrows + 2);
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    values[line.slice(0, arrows)] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return values;
}
