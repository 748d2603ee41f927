import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { carryOut } from '../../src/cli/carry-out.js';
import { parseArguments } from '../../src/cli/parse-arguments.js';
import { painter } from '../../src/terminal/paint.js';
import type { Terminal } from '../../src/terminal/terminal.js';
import { CLEAN_ENV, commit, newRepository, temporaryFolder } from '../support/temp-repository.js';

export interface Said {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** A person's clone, and the command in it. */
export interface DeskScene {
  readonly root: string;
  /** Writes files, or deletes those that are null; nothing is committed. */
  readonly save: (files: Files) => Promise<void>;
  readonly commit: (files: Files) => Promise<string>;
  readonly run: (...args: readonly string[]) => Promise<Said>;
  /** The same in a folder below the root, with other variables. */
  readonly runIn: (at: { folder?: string; env?: Record<string, string> }, ...args: readonly string[]) => Promise<Said>;
  readonly remove: () => Promise<void>;
}

type Files = Readonly<Record<string, string | Buffer | null>>;

export async function deskScene(files: Files = {}): Promise<DeskScene> {
  const { path: root, remove } = await temporaryFolder();
  await newRepository(root);
  const save = async (changed: Files): Promise<void> => {
    for (const [name, content] of Object.entries(changed)) {
      const file = path.join(root, name);
      await mkdir(path.dirname(file), { recursive: true });
      await (content === null ? rm(file) : writeFile(file, content));
    }
  };
  await save(files);
  const runIn: DeskScene['runIn'] = async ({ folder = '', env = {} }, ...args) => {
    const said = { out: '', err: '' };
    const terminal = listening(said);
    const parsed = parseArguments(args, terminal);
    if (parsed.kind === 'done') return { exitCode: parsed.exitCode, ...said };
    const exitCode = await carryOut(parsed.invocation, {
      env: { ...CLEAN_ENV, ...env },
      terminal,
      folder: path.join(root, folder),
      signal: new AbortController().signal,
    });
    return { exitCode, ...said };
  };
  return {
    root,
    save,
    commit: (changed) => commit(root, changed),
    run: (...args) => runIn({}, ...args),
    runIn,
    remove,
  };
}

export function listening(said: { out: string; err: string }): Terminal {
  return {
    out: (line) => {
      said.out += `${line}\n`;
    },
    note: (line) => {
      said.err += `${line}\n`;
    },
    passing: () => undefined,
    paint: painter(false),
    width: 100,
  };
}
