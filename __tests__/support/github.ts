import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GitHttpOptions, serveGit } from './git-http.js';
import { type Answer, notFound, problem } from './github/answers.js';
import { type Comments, openComments } from './github/comments.js';
import { type Fault, type FaultAction, strike } from './github/faults.js';
import { answerGraphql, graphqlField } from './github/graphql.js';
import { mergePull } from './github/merges.js';
import { openProtection, type StandInRule } from './github/protection.js';
import type { StandInPull } from './github/pulls.js';
import { ACTIONS_BOT, type StandInRepository } from './github/repository.js';
import { answerRest } from './github/rest.js';
import { openStore } from './github/store.js';

export interface GitHubOptions {
  /** Directory of the bare repository behind everything. */
  readonly bareRepository: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The one token that is let in. */
  readonly token: string;
  readonly permissions?: {
    readonly contents?: 'read' | 'write';
    /** `none` when left out, as for a job that names other permissions only. */
    readonly pullRequests?: 'none' | 'read' | 'write';
  };
  /** The setting "Allow GitHub Actions to create and approve pull requests"; on when left out. */
  readonly pullRequestsAllowed?: boolean;
  /** Where the REST API sits: `/api/v3` as on GitHub Enterprise Server. */
  readonly mountedAt?: '' | '/api/v3';
  readonly defaultBranch?: string;
}

/** A request as it came in and what it was answered. */
export interface ReceivedRequest {
  readonly method: string;
  /** Below the API's mount point, not decoded; for git traffic the whole path. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON; null without one, and for git traffic. */
  readonly body: unknown;
  readonly graphql?: string;
  /** Null while it is not answered (or never will be). */
  status: number | null;
}

export interface GitHubStandIn {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Root of web pages and of git: `${serverUrl}/owner/name` can be cloned. */
  readonly serverUrl: string;
  readonly requests: readonly ReceivedRequest[];
  readonly faults: Fault[];
  /** Of pull requests. */
  readonly comments: Comments;
  /** Commits that GitHub signed. */
  readonly verified: ReadonlySet<string>;
  /** In the order of their numbers. */
  readonly pulls: readonly StandInPull[];
  /** As a person does it: with a merge commit, or in one commit on top of the base. The branch stays. */
  mergePull(number: number, how?: 'merge' | 'squash'): Promise<void>;
  closePull(number: number): void;
  /** Called just before the API moves a branch: the moment for somebody else's push. */
  beforeCommit: (() => Promise<void>) | null;
  /** Active ruleset rules of a branch, for the API and for pushes. */
  setRules(branch: string, rules: readonly StandInRule[]): Promise<void>;
  /** Classic protection with the reason that GitHub gives; null takes it away. */
  setClassicProtection(branch: string, reason: string | null): Promise<void>;
  /** Closes the server and every connection at once. */
  stop(): Promise<void>;
}

/**
 * GitHub as far as the action needs it, on loopback over a real bare repository: git's smart HTTP, the REST calls of
 * git data, rules and comparison, and GraphQL's `createCommitOnBranch` as a true compare-and-swap.
 */
export async function startGitHub(options: GitHubOptions): Promise<GitHubStandIn> {
  const store = openStore(options.bareRepository);
  const protection = await openProtection(options.bareRepository, options.repository);
  const verified = new Set<string>();
  const requests: ReceivedRequest[] = [];
  const faults: Fault[] = [];
  const pulls: StandInPull[] = [];
  const comments = openComments(options.permissions?.pullRequests ?? 'write', { login: ACTIONS_BOT.name, type: 'Bot' });
  const repository: StandInRepository = {
    name: options.repository,
    defaultBranch: options.defaultBranch ?? 'main',
    contents: options.permissions?.contents ?? 'write',
    pullPermissions: {
      token: options.permissions?.pullRequests ?? 'none',
      isAllowed: options.pullRequestsAllowed ?? true,
    },
    pulls,
    serverUrl: () => standIn.serverUrl,
    comments,
    store,
    protection,
    verified,
    beforeCommit: async () => standIn.beforeCommit?.(),
  };
  const mount = options.mountedAt ?? '';
  const graphqlPath = mount === '' ? '/graphql' : '/api/graphql';
  const git = gitOptions(options, repository);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isGit = /\/(?:info\/refs|git-upload-pack|git-receive-pack)$/.test(url.pathname);
    const body = isGit ? null : parseJson(await readBody(request));
    const isGraphql = url.pathname === graphqlPath;
    const field = isGraphql ? graphqlField(body) : undefined;
    const received: ReceivedRequest = {
      method: request.method ?? 'GET',
      path: !isGit && url.pathname.startsWith(`${mount}/`) ? url.pathname.slice(mount.length) : url.pathname,
      query: url.search,
      headers: request.headers,
      body,
      ...(field === undefined ? {} : { graphql: field }),
      status: null,
    };
    requests.push(received);
    response.on('finish', () => {
      received.status = response.statusCode;
    });
    const fault = strike(faults, { ...received, count: requests.length });
    if (await strikesFirst(fault, response)) return;

    if (isGit) {
      if (losesAnswer(fault)) loseAnswer(response, fault);
      if (!(await serveGit(request, response, git))) send(response, notFound);
      return;
    }
    const answer = await answerApi({ repository, options, received, isGraphql, url });
    if (fault?.kind === 'drop') response.destroy();
    else if (fault?.kind === 'hang-after') fault.onProcessed?.();
    else send(response, fault?.kind === 'answer' ? fault : answer);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A fault of the stand-in itself: the client sees a 500 with the reason, as tests should.
      if (!response.headersSent) send(response, problem(500, String(error)));
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const standIn: GitHubStandIn = {
    apiUrl: `${serverUrl}${mount}`,
    graphqlUrl: `${serverUrl}${graphqlPath}`,
    serverUrl,
    requests,
    faults,
    comments,
    verified,
    pulls,
    mergePull: (number, how = 'merge') => mergePull(repository, number, how),
    closePull: (number) => {
      const pull = pulls.find((one) => one.number === number);
      if (pull !== undefined) pull.state = 'closed';
    },
    beforeCommit: null,
    setRules: (branch, rules) => protection.setRules(branch, rules),
    setClassicProtection: (branch, reason) => protection.setClassic(branch, reason),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return standIn;
}

async function answerApi(asked: {
  readonly repository: StandInRepository;
  readonly options: GitHubOptions;
  readonly received: ReceivedRequest;
  readonly isGraphql: boolean;
  readonly url: URL;
}): Promise<Answer> {
  const { repository, options, received, isGraphql, url } = asked;
  const header = received.headers.authorization;
  if (header === undefined) return problem(401, 'Requires authentication');
  if (!/^(?:token|bearer) /i.test(header) || header.replace(/^\w+ /, '') !== options.token) {
    return problem(401, 'Bad credentials');
  }
  if (isGraphql) return answerGraphql(repository, received.body);
  const match = /^\/repos\/(?<name>[^/]+\/[^/]+)(?<path>.*)$/.exec(received.path);
  const { name = '', path = '' } = match?.groups ?? {};
  if (name.toLowerCase() !== options.repository.toLowerCase()) return notFound;
  return answerRest(repository, {
    method: received.method,
    path: decodeURIComponent(path),
    query: url.searchParams,
    body: received.body,
  });
}

function gitOptions(options: GitHubOptions, repository: StandInRepository): GitHttpOptions {
  const expected = `basic ${Buffer.from(`x-access-token:${options.token}`).toString('base64')}`;
  return {
    repositories: (path) =>
      path
        .replace(/^\//, '')
        .replace(/\.git$/, '')
        .toLowerCase() === options.repository.toLowerCase()
        ? options.bareRepository
        : null,
    authorise: (header, service) => {
      if (header?.replace(/^basic/i, 'basic') !== expected) return 'unauthorised';
      return service === 'receive-pack' && repository.contents === 'read' ? 'forbidden' : 'ok';
    },
    duplicateHeader: 'reject',
  };
}

/** Faults that act before the request is processed; true when there is nothing more to do. */
async function strikesFirst(fault: FaultAction | null, response: ServerResponse): Promise<boolean> {
  switch (fault?.kind) {
    case 'reset':
      response.destroy();
      return true;
    case 'hang':
      return true;
    case 'delay':
      await sleep(fault.ms);
      return false;
    case 'wait':
      await fault.until();
      return false;
    case 'answer':
      if (fault.when === 'after') return false;
      send(response, fault);
      return true;
    case 'drop':
    case 'hang-after':
    case undefined:
      return false;
  }
}

function losesAnswer(fault: FaultAction | null): boolean {
  return fault?.kind === 'drop' || fault?.kind === 'answer' || fault?.kind === 'hang-after';
}

/** git's exchange goes on to its end, and the client hears nothing of it, or the answer of a gateway. */
function loseAnswer(response: ServerResponse, fault: FaultAction | null): void {
  response.write = () => true;
  response.writeHead = () => response;
  response.end = () => {
    if (fault?.kind === 'hang-after') {
      fault.onProcessed?.();
      return response;
    }
    if (fault?.kind !== 'answer') return response.destroy();
    // The methods of its class are there again.
    for (const name of ['write', 'writeHead', 'end'] as const) Reflect.deleteProperty(response, name);
    send(response, fault);
    return response;
  };
}

let answers = 0;

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  answers += 1;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (status === 204) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'x-github-request-id': `STND:${answers.toString(16).toUpperCase().padStart(8, '0')}`,
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': String(Math.max(0, 1000 - answers)),
    'x-ratelimit-used': String(answers),
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': 'core',
    ...headers,
  });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
