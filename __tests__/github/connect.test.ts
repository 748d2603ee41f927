import { createServer, type Server } from 'node:http';
import { connect as connectSocket, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asCommitSha, type CommitSha } from '../../src/git/types.js';
import { connectGitHub } from '../../src/github/connect.js';
import type { GitHub } from '../../src/github/types.js';
import { type Log, silentLog } from '../../src/log.js';
import { type ClientRepository, createClientRepository } from '../support/client-repository.js';
import { type GitHubStandIn, startGitHub } from '../support/github.js';
import type { FaultAction } from '../support/github/faults.js';

const TOKEN = 'ghs_secret';
const NAME = 'acme/detections';

let client: ClientRepository;
let server: GitHubStandIn;
let github: GitHub;
let head: CommitSha;
let lines: string[];
let waits: number[];

beforeEach(async () => {
  client = await createClientRepository({ 'a.json': '{}\n' });
  server = await startGitHub({ bareRepository: client.bare, repository: NAME, token: TOKEN });
  const tip = asCommitSha(await client.tip('main'));
  if (tip === undefined) throw new Error('no tip');
  head = tip;
  lines = [];
  waits = [];
  github = connected();
});

afterEach(async () => {
  await github.close();
  await server.stop();
  await client.cleanUp();
});

function connected(more: Partial<Parameters<typeof connectGitHub>[0]> = {}): GitHub {
  const debug: Log['debug'] = (line) => {
    lines.push(line);
  };
  return connectGitHub({
    apiUrl: server.apiUrl,
    token: TOKEN,
    repository: NAME,
    env: {},
    log: { ...silentLog, debug },
    random: () => 1,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    ...more,
  });
}

function commit(to: GitHub = github): Promise<CommitSha> {
  const files = [{ path: 'a.json', content: Buffer.from('{"uuid": 1}\n') }];
  return to.commitOnBranch({ branch: 'main', expectedHead: head, files, message: 'Head\n\nBody' });
}

function strike(action: FaultAction, times = 1): void {
  server.faults.push({ when: () => true, times, do: action });
}

describe('GitHub', () => {
  it('reads the head of a branch, and null for none', async () => {
    expect(await github.branchHead('main')).toBe(head);
    expect(await github.branchHead('no/such #branch%')).toBeNull();
  });

  it('reads branches with slashes and signs in their names', async () => {
    await client.commit({ 'b.txt': 'b' }, { branch: 'feature/été#1' });
    const { after } = await client.push({ branch: 'feature/été#1' });
    expect(await github.branchHead('feature/été#1')).toBe(after);
  });

  it('commits on the expected head, with headline and body', async () => {
    const sha = await commit();
    expect(await client.tip('main')).toBe(sha);
    expect((await client.log('main'))[0]).toMatchObject({ parents: [head], message: 'Head\n\nBody' });
  });

  it.each(['commitOnBranch', 'commitByTree'] as const)('says head-moved when the branch moved (%s)', async (verb) => {
    await client.commit({ 'b.txt': 'b' });
    const { after } = await client.push();
    const files = [{ path: 'a.json', mode: '100644' as const, content: Buffer.from('x') }];
    const request = { branch: 'main', expectedHead: head, parent: head, files, message: 'M' };
    await expect(github[verb](request)).rejects.toMatchObject({ code: 'head-moved' });
    expect(await client.tip('main')).toBe(after);
  });

  it.each(['commitOnBranch', 'commitByTree'] as const)(
    'says head-moved when somebody pushes between the check and the swap (%s)',
    async (verb) => {
      server.beforeCommit = async () => {
        server.beforeCommit = null;
        await client.commit({ 'b.txt': 'b' });
        await client.push();
      };
      const files = [{ path: 'a.json', mode: '100644' as const, content: Buffer.from('x') }];
      const request = { branch: 'main', expectedHead: head, parent: head, files, message: 'M' };
      await expect(github[verb](request)).rejects.toMatchObject({ code: 'head-moved' });
    },
  );

  it('keeps modes and bytes through the git data calls, with more files than one tree takes', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x0a]);
    const files = Array.from({ length: 250 }, (_, n) => ({
      path: `f/${n}.json`,
      mode: n % 2 === 0 ? ('100755' as const) : ('100644' as const),
      content: n === 7 ? bytes : Buffer.from(`\ufeff{"n": "${n}n"}\r\n`),
    }));
    const sha = await github.commitByTree({ branch: 'main', parent: head, files, message: 'M' });
    expect(await client.tip('main')).toBe(sha);
    expect(await client.modeAt('main', 'f/0.json')).toBe('100755');
    expect(await client.modeAt('main', 'f/7.json')).toBe('100644');
    expect(await client.readAt('main', 'f/7.json')).toEqual(bytes);
    expect(await client.readAt('main', 'f/249.json')).toEqual(Buffer.from('\ufeff{"n": "249n"}\r\n'));
    expect(await client.readAt('main', 'a.json')).toEqual(Buffer.from('{}\n'));
  });

  it('sends large files through the git data calls a few at a time', async () => {
    const files = Array.from({ length: 12 }, (_, n) => ({
      path: `f/${n}.yml`,
      mode: '100644' as const,
      content: Buffer.from(`# ${n} ${'x'.repeat(1_000_000)}\n`),
    }));
    const sha = await github.commitByTree({ branch: 'main', parent: head, files, message: 'M' });
    expect(await client.tip('main')).toBe(sha);
    for (const { path, content } of files) expect((await client.readAt('main', path))?.equals(content)).toBe(true);
    const trees = server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/git/trees'));
    expect(trees).toHaveLength(3);
  });

  it('finds the GraphQL endpoint of an Enterprise Server', async () => {
    const enterprise = await startGitHub({
      bareRepository: client.bare,
      repository: NAME,
      token: TOKEN,
      mountedAt: '/api/v3',
    });
    const other = connected({ apiUrl: `${enterprise.apiUrl}/` });
    expect(await client.tip('main')).toBe(await other.branchHead('main'));
    expect(await commit(other)).toBe(await client.tip('main'));
    expect(enterprise.requests.map(({ path }) => path)).toContain('/api/graphql');
    await other.close();
    await enterprise.stop();
  });
});

describe('refusals of GitHub', () => {
  const refusals: readonly (readonly [string, number, unknown, string])[] = [
    ['a token it does not know', 401, { message: 'Bad credentials' }, 'unauthorised'],
    ['a read-only token', 403, { message: 'Resource not accessible by integration' }, 'not-permitted'],
    ['single sign-on', 403, { message: 'Resource protected by organization SAML enforcement.' }, 'not-permitted'],
    ['a repository it hides', 404, { message: 'Not Found' }, 'not-found'],
    ['a secondary rate limit', 403, { message: 'You have exceeded a secondary rate limit.' }, 'rate-limited'],
    ['too many requests', 429, { message: 'Slow down' }, 'rate-limited'],
    ['a ruleset', 422, { message: 'Repository rule violations found\n\nChanges must be made…' }, 'rule-violation'],
    ['classic protection', 422, { message: 'Required status check "ci" is expected.' }, 'rule-violation'],
    ['anything else', 422, { message: 'Object does not exist' }, 'refused'],
    ['a page for a commit', 502, '<html><body><h1>502</h1> Bad Gateway</body></html>', 'answer-lost'],
    ['a page as success', 200, '<html>Please log in</html>', 'answer-lost'],
    [
      'a query given up',
      200,
      { errors: [{ message: 'Something went wrong while executing your query.' }] },
      'answer-lost',
    ],
    ['no permission in GraphQL', 200, { errors: [{ type: 'FORBIDDEN', message: 'Resource not…' }] }, 'not-permitted'],
    ['a hidden branch in GraphQL', 200, { errors: [{ type: 'NOT_FOUND', message: 'Could not resolve' }] }, 'not-found'],
    ['an invalid value', 200, { errors: [{ message: 'was provided invalid value for branch' }] }, 'refused'],
  ];

  it.each(refusals)('%s: %i %j -> %s', async (_, status, body, code) => {
    strike({ kind: 'answer', status, body });
    const words = typeof body === 'object' ? /"message":"([^"\\]{5,20})/.exec(JSON.stringify(body))?.[1] : undefined;
    await expect(commit()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words ?? 'GitHub could not commit to the branch "main"'),
      help: expect.stringMatching(/\w/),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('shows no markup of a page, and no token', async () => {
    strike({ kind: 'answer', status: 502, body: `<html><b>Bad</b> gateway</html>` });
    const error: unknown = await commit().catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('Bad gateway');
    expect(String(error)).not.toContain('<');
    expect(lines.join('\n')).not.toContain(TOKEN);
    expect(lines.join('\n')).toMatch(/POST \/graphql: 502/);
  });

  it('needs a token', () => {
    expect(() => connected({ token: '' })).toThrow(expect.objectContaining({ code: 'unauthorised' }));
  });

  it('tells a wrong token from one that may not write', async () => {
    const stranger = connected({ token: 'ghs_other' });
    await expect(stranger.proveWritable()).rejects.toMatchObject({ code: 'unauthorised', status: 401 });
    await stranger.close();
  });
});

describe('trouble on the way', () => {
  it('reads again, waiting longer each time', async () => {
    strike({ kind: 'answer', status: 503, body: { message: 'No server is available' } });
    strike({ kind: 'reset' });
    expect(await github.branchHead('main')).toBe(head);
    expect(waits).toEqual([1000, 2000]);
  });

  it('gives a read up after three tries', async () => {
    strike({ kind: 'reset' }, Infinity);
    await expect(github.branchHead('main')).rejects.toMatchObject({ code: 'unavailable', status: null });
    expect(server.requests).toHaveLength(3);
  });

  it('waits as long as it is asked to', async () => {
    const body = { message: 'You have exceeded a secondary rate limit.' };
    strike({ kind: 'answer', status: 403, body, headers: { 'retry-after': '7' } });
    expect(await github.branchHead('main')).toBe(head);
    expect(waits).toEqual([7000]);
  });

  it.each([{ kind: 'drop' }, { kind: 'answer', status: 504, body: 'timeout', when: 'after' }] as const)(
    'never sends a commit twice: $kind',
    async (action) => {
      strike(action);
      await expect(commit()).rejects.toMatchObject({ code: 'answer-lost' });
      expect(server.requests).toHaveLength(1);
      expect((await client.log('main'))[0]).toMatchObject({ parents: [head] });
    },
  );

  it('does not wait for ever', async () => {
    strike({ kind: 'hang' });
    const impatient = connected({ deadlineMs: 200 });
    await expect(commit(impatient)).rejects.toMatchObject({
      code: 'answer-lost',
      message: expect.stringContaining('no answer in time'),
    });
    await impatient.close();
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const { apiUrl } = server;
    await server.stop();
    const lonely = connected({ apiUrl });
    await expect(commit(lonely)).rejects.toMatchObject({ code: 'unavailable' });
    await lonely.close();
  });
});

describe('proxies', () => {
  let proxy: Server;
  let targets: string[];
  let proxyUrl: string;

  beforeEach(async () => {
    targets = [];
    proxy = createServer();
    // Whatever it is asked for, it connects to the stand-in: the hosts of these tests do not exist.
    proxy.on('connect', (request, socket) => {
      targets.push(request.url ?? '');
      const upstream = connectSocket(Number(new URL(server.serverUrl).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it.each([
    ['in upper case', 'HTTP_PROXY', true],
    ['in lower case', 'http_proxy', true],
    ['of the other scheme', 'HTTPS_PROXY', false],
  ])('%s: %s is used: %s', async (_, name, isUsed) => {
    const apiUrl = 'http://github.invalid/api';
    const through = connected({ apiUrl, env: { [name]: proxyUrl } });
    await through.branchHead('main').catch(() => null);
    expect(targets.length > 0).toBe(isUsed);
    await through.close();
  });

  it('reach GitHub through CONNECT', async () => {
    const through = connected({
      apiUrl: 'http://github.invalid',
      env: { http_proxy: proxyUrl.replace('http://', '') },
    });
    expect(await through.branchHead('main')).toBe(head);
    expect(targets).toEqual(['github.invalid:80']);
    await through.close();
  });

  it.each(['github.invalid', '.invalid', '*'])('are left aside for NO_PROXY=%s', async (noProxy) => {
    const env = { HTTP_PROXY: proxyUrl, NO_PROXY: noProxy };
    const direct = connected({ apiUrl: 'http://github.invalid', env });
    await expect(direct.branchHead('main')).rejects.toMatchObject({ code: 'unavailable' });
    expect(targets).toEqual([]);
    await direct.close();
  });

  it('are left aside for loopback addresses', async () => {
    const direct = connected({ env: { HTTP_PROXY: proxyUrl } });
    expect(await direct.branchHead('main')).toBe(head);
    expect(targets).toEqual([]);
    await direct.close();
  });

  it('need an address', () => {
    const env = { http_proxy: 'http://' };
    expect(() => connected({ apiUrl: 'http://github.invalid', env })).toThrow(
      expect.objectContaining({ code: 'unavailable', help: expect.stringContaining('HTTPS_PROXY') }),
    );
  });
});
