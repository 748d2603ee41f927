import { succeed } from './command.js';
import type { RunGit } from './command.js';
import { symptomOf } from './errors.js';
import { ONLY_WHAT_IS_HERE } from './history.js';
import { askServer, fetchFailed } from './network.js';
import { FETCH } from './remote.js';

/** The objects that a partial clone (`filter: blob:none`) left on the server. */
export interface Promised {
  /**
   * Fetches those of the objects that are not here, all at once; git itself would fetch one at a time. Nothing in a clone
   * that is not partial. What the server does not have stays missing.
   *
   * @throws GitError `fetch-failed`
   */
  fetchMissing(objects: readonly string[]): Promise<void>;
  isPartial(): Promise<boolean>;
}

export function promisedTo(git: RunGit): Promised {
  let found: Promise<string | null> | undefined;
  const promisor = (): Promise<string | null> =>
    (found ??= findPromisor(git).catch((error: unknown) => {
      found = undefined;
      throw error;
    }));
  return {
    isPartial: async () => (await promisor()) !== null,
    fetchMissing: async (objects) => {
      const remote = await promisor();
      if (remote === null) return;
      const here = await objectsHere(git, objects);
      const missing = [...new Set(objects)].filter((object) => !here.has(object));
      if (missing.length === 0) return;
      // As git's own fetch of promised objects: nothing to negotiate, since objects are asked for and no history.
      const args = ['-c', 'fetch.negotiationAlgorithm=noop', ...FETCH, '--stdin', '--', remote];
      const result = await askServer(git, args, { input: Buffer.from(`${missing.join('\n')}\n`) });
      if (result.exitCode === 0 || symptomOf(result.stderr) === 'unknown-commit') return;
      throw fetchFailed(`${missing.length} objects that this partial clone left on the server`, result);
    },
  };
}

/** The remote that a partial clone gets its objects from; null in any other clone. */
async function findPromisor(git: RunGit): Promise<string | null> {
  const args = ['config', '--null', '--type=bool', '--get-regexp', String.raw`^remote\..*\.promisor$`];
  const { exitCode, stdout } = await git(args, { short: true });
  if (exitCode !== 0) return null;
  const rows = stdout.toString('utf8').split('\0');
  const row = rows.find((candidate) => candidate.endsWith('\ntrue'));
  return row?.replace(/\n.*$/s, '').replace(/^remote\.|\.promisor$/g, '') ?? null;
}

async function objectsHere(git: RunGit, objects: readonly string[]): Promise<ReadonlySet<string>> {
  const options = ['--no-walk', '--objects', '--no-object-names', ...ONLY_WHAT_IS_HERE];
  const input = Buffer.from(`${objects.join('\n')}\n`);
  return new Set((await succeed(git, ['rev-list', ...options, '--stdin'], { input })).toString('utf8').split('\n'));
}
