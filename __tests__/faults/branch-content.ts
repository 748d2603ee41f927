import { dirname, join } from 'node:path';
import { git } from '../support/client-repository/git.js';
import type { ClientRepository } from '../support/client-repository.js';

/** A detection as it stands on the branch. */
export interface BranchDetection {
  /** Without `.json`. */
  readonly stem: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly uuid: string | null;
  readonly pattern: string;
}

/** The detections at the branch's tip, in path order. */
export async function readBranch(repository: ClientRepository): Promise<readonly BranchDetection[]> {
  const files = await readFiles(repository);
  return [...files].flatMap(([path, text]): readonly BranchDetection[] => {
    const stem = /^(detections\/.+)\.json$/u.exec(path)?.[1];
    if (stem === undefined) return [];
    const metadata = JSON.parse(text) as Record<string, unknown>;
    const { uuid } = metadata;
    const pattern = files.get(`${stem}_sigma.yml`) ?? '';
    return [{ stem, metadata, uuid: typeof uuid === 'string' ? uuid : null, pattern }];
  });
}

async function readFiles(repository: ClientRepository): Promise<ReadonlyMap<string, string>> {
  const server = serverOf(repository);
  const listed = (await git(server, 'ls-tree', '-r', '-z', '--full-tree', 'main', '--', 'detections')).toString('utf8');
  const entries = listed
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.split(/[ \t]/u, 4));
  const input = entries.map(([, , object = '']) => `${object}\n`).join('');
  let rest = await git({ ...server, input }, 'cat-file', '--batch');
  const files = new Map<string, string>();
  for (const [, , , path = ''] of entries) {
    const end = rest.indexOf('\n');
    const size = Number(rest.toString('utf8', 0, end).split(' ')[2]);
    files.set(path, rest.toString('utf8', end + 1, end + 1 + size));
    rest = rest.subarray(end + 1 + size + 1);
  }
  return files;
}

/** What the branch's history tells. */
export interface BranchPast {
  /** Every UUID that stood in a metadata file at some time. */
  readonly uuids: ReadonlySet<string>;
  /** Lines that commits of the action took away or brought though they are no UUID's. */
  readonly foreignLines: readonly string[];
}

export async function readPast(repository: ClientRepository): Promise<BranchPast> {
  const options = ['log', '-p', '--unified=0', '--no-renames', '--format=%x00%s', 'main', '--', 'detections'];
  const text = (await git(serverOf(repository), ...options)).toString('utf8');
  const uuids = new Set<string>();
  const foreignLines: string[] = [];
  for (const commit of text.split('\0')) {
    const lines = commit.split('\n').filter((line) => /^[+-](?![+-]{2} )/u.test(line));
    for (const line of lines) {
      const uuid = /^\+\s*"uuid": "([^"]+)"/u.exec(line)?.[1];
      if (uuid !== undefined) uuids.add(uuid);
    }
    if (commit.startsWith(WRITE_BACK)) foreignLines.push(...othersThanUuids(lines));
  }
  return { uuids, foreignLines };
}

const WRITE_BACK = 'Add UUIDs';

/** A line that got a comma, since the UUID stands below it now, is the same line. */
function othersThanUuids(lines: readonly string[]): readonly string[] {
  const balance = new Map<string, number>();
  for (const line of lines) {
    const content = line.slice(1).replace(/,$/u, '');
    if (/^\s*"uuid":/u.test(content)) continue;
    balance.set(content, (balance.get(content) ?? 0) + (line.startsWith('+') ? 1 : -1));
  }
  return [...balance].flatMap(([content, count]) => (count === 0 ? [] : [`${count > 0 ? '+' : '-'}${content}`]));
}

function serverOf({ bare }: ClientRepository): { readonly folder: string; readonly home: string } {
  return { folder: bare, home: join(dirname(bare), 'home') };
}
