import { mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRepository } from '../../src/git/repository.js';
import type { Repository } from '../../src/git/repository.js';
import { silentLog } from '../../src/log.js';
import { CLEAN_ENV, commit, git, newRepository, temporaryFolder } from '../support/temp-repository.js';

let root: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
  await mkdir(path.join(root, 'temp'));
});
afterAll(() => remove());

function open(workspace: string): Promise<Repository> {
  const [serverUrl, repository] = ['https://github.example', 'acme/rules'];
  const dates = { GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2001-01-01T00:00:00Z' };
  const env = { ...CLEAN_ENV, ...dates, RUNNER_TEMP: path.join(root, 'temp') };
  return openRepository({ workspace, serverUrl, repository, token: '', env, log: silentLog });
}

const author = { name: 'Détection Bot', mail: 'bot@example.com' };

describe.each([
  ['SHA-1', []],
  ['SHA-256', ['--object-format=sha256']],
])('commitFiles in a %s repository', (format, options) => {
  it('puts files upon the parent and touches nothing of the user', async () => {
    const directory = await newRepository(path.join(root, format), ...options);
    // Filters that would change what is stored.
    const parent = await commit(directory, { '.gitattributes': '* text eol=crlf\n', 'a.json': '{}', 'b/c.json': '{}' });
    await git(directory, 'config', 'core.autocrlf', 'true');
    await git(directory, 'config', 'i18n.commitEncoding', 'latin1');
    await git(directory, 'config', 'commit.gpgSign', 'true');
    const [index, status] = [await readFile(path.join(directory, '.git/index')), await git(directory, 'status', '-s')];

    const content = Buffer.from('{\r\n  "uuid": "é"\n\0}', 'utf8');
    const made = await (
      await open(directory)
    ).commitFiles({
      parent,
      files: [
        { path: 'b/c.json', mode: '100755', content },
        { path: '-new\n"🦊"\t.json', mode: '100644', content: Buffer.alloc(0) },
        { path: 'link', mode: '120000', content: Buffer.from('a.json') },
      ],
      message: 'Add UUIDs é\n\nsecond paragraph\n\n',
      author,
    });

    expect(await git(directory, 'cat-file', '-p', made)).toMatch(
      new RegExp(
        `^tree [0-9a-f]+\nparent ${parent}\nauthor Détection Bot <bot@example\\.com> \\d+ [+-]\\d{4}\ncommitter Détection Bot <bot@example\\.com> \\d+ [+-]\\d{4}\n\nAdd UUIDs é\n\nsecond paragraph$`,
      ),
    );
    // Not the dates that the environment holds for other commits.
    expect(await git(directory, 'show', '-s', '--format=%as %cs', made)).not.toContain('2001');
    const files = await (await open(directory)).listFiles(made, ['']);
    expect(files.map((file) => `${file.mode} ${file.path}`)).toEqual([
      '100644 -new\n"🦊"\t.json',
      '100644 .gitattributes',
      '100644 a.json',
      '100755 b/c.json',
      '120000 link',
    ]);
    const stored = await (await open(directory)).readBlobs([await git(directory, 'rev-parse', `${made}:b/c.json`)]);
    expect([...stored.values()][0]?.equals(content)).toBe(true);
    expect(await git(directory, 'fsck', '--strict', '--no-dangling')).toBe('');

    expect(await git(directory, 'rev-parse', 'HEAD')).toBe(parent);
    expect((await readFile(path.join(directory, '.git/index'))).equals(index)).toBe(true);
    expect(await git(directory, 'status', '-s')).toBe(status);
    expect(await readdir(path.join(root, 'temp'))).toEqual([]);
  });
});

describe('commitFiles', () => {
  it('keeps the files outside a sparse checkout', async () => {
    const directory = await newRepository(path.join(root, 'sparse'));
    const parent = await commit(directory, { 'in/a.json': '1', 'out/b.json': '2', 'top.json': '3' });
    await git(directory, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'in');
    const repository = await open(directory);
    const files = [{ path: 'out/b.json', mode: '100644', content: Buffer.from('4') }] as const;
    const made = await repository.commitFiles({ parent, files, message: 'm', author });
    expect((await repository.listFiles(made, [''])).map((file) => file.path)).toEqual([
      'in/a.json',
      'out/b.json',
      'top.json',
    ]);
    expect(await repository.changedFiles(parent, made)).toEqual([{ status: 'modified', path: 'out/b.json' }]);
  });

  it('takes many files in a few commands', async () => {
    const directory = await newRepository(path.join(root, 'many'));
    const parent = await commit(directory, { a: 'a' });
    const repository = await open(directory);
    const files = Array.from({ length: 300 }, (_, i) => ({
      path: `detections/${i}.json`,
      mode: '100644' as const,
      content: Buffer.from(`{"n":${i}}`),
    }));
    const made = await repository.commitFiles({ parent, files, message: 'm', author });
    const listed = await repository.listFiles(made, ['detections']);
    expect(listed).toHaveLength(300);
    const contents = await repository.readBlobs(listed.map((file) => file.object));
    for (const { path: name, object } of listed) {
      expect(contents.get(object)?.toString()).toBe(`{"n":${/\d+/.exec(name)?.[0] ?? ''}}`);
    }
  });
});
