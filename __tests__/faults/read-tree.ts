import { git } from '../support/client-repository/git.js';
import type { ClientRepository } from '../support/client-repository.js';

/** Texts by path. */
export type Tree = ReadonlyMap<string, string>;

/** All files of a commit on the server, in two processes however many they are. */
export async function readTree({ bare }: Pick<ClientRepository, 'bare'>, ref: string): Promise<Tree> {
  const at = { folder: bare, home: bare };
  const list = (await git(at, 'ls-tree', '-r', '-z', ref)).toString('utf8').split('\0').filter(Boolean);
  const files = list.map((line) => {
    const tab = line.indexOf('\t');
    return { path: line.slice(tab + 1), object: line.slice(0, tab).split(' ')[2] ?? '' };
  });
  const input = files.map(({ object }) => `${object}\n`).join('');
  const batch = await git({ ...at, input }, 'cat-file', '--batch');
  const tree = new Map<string, string>();
  let offset = 0;
  for (const { path } of files) {
    const headEnd = batch.indexOf('\n', offset);
    const size = Number(batch.toString('utf8', offset, headEnd).split(' ')[2]);
    tree.set(path, batch.toString('utf8', headEnd + 1, headEnd + 1 + size));
    offset = headEnd + 1 + size + 1;
  }
  return tree;
}
