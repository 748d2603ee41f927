import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type GitService = 'upload-pack' | 'receive-pack';

export interface GitHttpOptions {
  /** The bare repository behind `/owner/name` or `/owner/name.git`; null when there is none. */
  readonly repositories: (path: string) => string | null;
  /** Decides by the value of the Authorization header, before anything is said about the repository. */
  readonly authorise: (header: string | undefined, service: GitService) => 'ok' | 'unauthorised' | 'forbidden';
  /** `reject`: two Authorization headers are a 400, as on GitHub (actions/checkout#2299). */
  readonly duplicateHeader?: 'reject';
}

/**
 * Answers a request of git's smart HTTP protocol through `git http-backend`, as a bridge for any server: false means
 * that the request is not one of git's and nothing was answered. Hooks of the bare repository run and may refuse a push.
 */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  options: GitHttpOptions,
): Promise<boolean> {
  const asked = parseRequest(request);
  if (asked === null) return false;

  const authorizations = request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'authorization');
  if (options.duplicateHeader === 'reject' && authorizations.length > 1) {
    return refuse(request, response, 400, 'Duplicate header: "Authorization"');
  }
  switch (options.authorise(request.headers.authorization, asked.service)) {
    case 'unauthorised':
      response.setHeader('WWW-Authenticate', 'Basic realm="GitHub"');
      return refuse(request, response, 401, 'Invalid username or token.');
    case 'forbidden':
      return refuse(request, response, 403, `Permission to ${asked.path.slice(1)} denied to github-actions[bot].`);
    case 'ok':
      break;
  }
  const directory = options.repositories(asked.path);
  if (directory === null) return refuse(request, response, 404, 'Repository not found.');
  await runBackend(request, response, directory, asked);
  return true;
}

interface GitRequest {
  readonly path: string;
  readonly suffix: string;
  readonly query: string;
  readonly service: GitService;
}

function parseRequest(request: IncomingMessage): GitRequest | null {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const match = /^(?<path>\/.+?)(?<suffix>\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/.exec(
    decodeURIComponent(url.pathname),
  );
  const { path, suffix } = match?.groups ?? {};
  if (path === undefined || suffix === undefined) return null;
  const name = suffix === '/info/refs' ? url.searchParams.get('service') : suffix.slice(1);
  if (name !== 'git-upload-pack' && name !== 'git-receive-pack') return null;
  return {
    path,
    suffix,
    query: url.search.slice(1),
    service: name === 'git-upload-pack' ? 'upload-pack' : 'receive-pack',
  };
}

/** git shows a text/plain body to the user as lines that start with `remote:`. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): true {
  request.resume();
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`${text}\n`);
  return true;
}

/** One CGI exchange (RFC 3875): the request's body to standard input, headers and body back from standard output. */
async function runBackend(
  request: IncomingMessage,
  response: ServerResponse,
  directory: string,
  asked: GitRequest,
): Promise<void> {
  const child = spawn('git', ['http-backend'], {
    env: backendEnv(request, directory, asked),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A refused push ends the backend before it has read the whole body.
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  response.on('close', () => {
    child.kill();
  });

  let head: Buffer | null = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === null) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(response, head.subarray(0, end).toString('latin1'));
    response.write(head.subarray(end + 4));
    head = null;
  });
  await new Promise<void>((resolve) => {
    child.on('error', () => {
      resolve();
    });
    child.on('close', () => {
      resolve();
    });
  });
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

function writeHead(response: ServerResponse, text: string): void {
  let status = 200;
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.appendHeader(name, value);
  }
  response.writeHead(status);
}

function backendEnv(request: IncomingMessage, directory: string, asked: GitRequest): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const header = (name: string): string => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    ...Object.fromEntries(inherited),
    // `safe.directory`: the bare repository may belong to another user than the tests.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: header('git-protocol'),
    PATH_INFO: asked.suffix,
    PATH_TRANSLATED: `${directory}${asked.suffix}`,
    QUERY_STRING: asked.query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: header('content-length'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    // git http-backend lets only a named user push.
    REMOTE_USER: 'tester',
    REMOTE_ADDR: '127.0.0.1',
  };
}
