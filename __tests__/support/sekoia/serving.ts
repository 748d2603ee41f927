import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tooManyRequests } from './faults.js';
import type { Fault, SeenRequest } from './faults.js';
import { answer as answerOf } from './routes.js';
import type { Server } from './routes.js';
import type { Answer } from './shapes.js';

/** What the requests of one server share. */
export interface Line {
  readonly platform: Server;
  readonly pickFault: (request: SeenRequest) => Fault | undefined;
  readonly requests: Recorded[];
  readonly connections: WeakMap<Socket, number>;
  readonly methodCounts: Map<string, number>;
  readonly timers: Set<NodeJS.Timeout>;
}

type Recorded = { -readonly [Key in keyof SeenRequest]: SeenRequest[Key] };

/** Records a request, lets the fault that fits strike, and answers. Never rejects. */
export async function serve(line: Line, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    await work(line, incoming, outgoing);
  } catch (thrown) {
    // A predicate or a tamper function of a test has failed: say so where the test will look.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (!outgoing.headersSent) outgoing.writeHead(500).end(JSON.stringify({ code: 'STAND-IN', message }));
    else outgoing.destroy();
  }
}

async function work(line: Line, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = record(line, incoming);
  const text = await readBody(incoming);
  if (text === null) return;
  request.body = parsedBody(text);
  const { latencyMs } = line.platform.switches;
  if (latencyMs > 0) await pause(line, latencyMs);

  const fault = line.pickFault(request) ?? rateLimited(line, request);
  switch (fault?.kind) {
    case undefined:
      send(request, outgoing, answerOf(line.platform, request));
      return;
    case 'answer':
      send(request, outgoing, fault);
      return;
    case 'answer-after':
      answerOf(line.platform, request);
      send(request, outgoing, fault);
      return;
    case 'reset':
      incoming.socket.resetAndDestroy();
      return;
    case 'drop':
      answerOf(line.platform, request);
      incoming.socket.destroy();
      return;
    case 'delay':
      await pause(line, fault.ms);
      send(request, outgoing, answerOf(line.platform, request));
      return;
    case 'wait':
      await fault.until();
      send(request, outgoing, answerOf(line.platform, request));
      return;
    case 'hang':
      return;
    case 'hang-after':
      answerOf(line.platform, request);
      return;
    case 'malformed-json': {
      const whole = rendered(answerOf(line.platform, request));
      send(request, outgoing, { ...whole, body: whole.body.slice(0, whole.body.length / 2) });
      return;
    }
    case 'truncated':
      sendHalf(outgoing, rendered(answerOf(line.platform, request)));
      return;
  }
}

function record(line: Line, incoming: IncomingMessage): Recorded {
  const url = new URL(incoming.url ?? '/', 'http://stand-in');
  const method = incoming.method ?? 'GET';
  const countOfMethod = (line.methodCounts.get(method) ?? 0) + 1;
  line.methodCounts.set(method, countOfMethod);
  const request: Recorded = {
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    body: undefined,
    count: line.requests.length + 1,
    countOfMethod,
    atMs: performance.now(),
    connection: line.connections.get(incoming.socket) ?? 0,
    status: null,
  };
  line.requests.push(request);
  return request;
}

/** Null when the client went away while sending. */
function readBody(incoming: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    incoming.on('error', () => {
      resolve(null);
    });
  });
}

function parsedBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Never ends when the server stops meanwhile: there is nobody left to answer. */
function pause(line: Line, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      line.timers.delete(timer);
      resolve();
    }, ms);
    line.timers.add(timer);
  });
}

function rateLimited({ requests, platform }: Line, request: SeenRequest): Fault | undefined {
  const limit = platform.switches.rateLimit;
  if (limit === null) return undefined;
  const recent = requests.slice(-limit.requests - 1).filter(({ atMs }) => atMs > request.atMs - limit.windowMs);
  return recent.length > limit.requests ? tooManyRequests() : undefined;
}

interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function rendered({ status, headers, body }: Answer): Rendered {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

function send(request: Recorded, outgoing: ServerResponse, answer: Answer): void {
  const { status, headers, body } = rendered(answer);
  request.status = status;
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...length }).end(status === 204 ? undefined : body);
}

function sendHalf(outgoing: ServerResponse, { status, headers, body }: Rendered): void {
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { ...headers, 'content-length': bytes.length });
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
}
