import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openTransport } from '../../src/sekoia/transport.js';
import type { HttpRequest, Transport } from '../../src/sekoia/transport.js';

const CLOSERS: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of CLOSERS.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  CLOSERS.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  );
  return (server.address() as AddressInfo).port;
}

function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  return listen(createServer(answer));
}

function open(base: string, env: Record<string, string> = {}, deadlineMs = 10_000): Transport {
  const transport = openTransport({ base, apiKey: 'KEY', userAgent: 'test/1', env, connections: 4, deadlineMs });
  CLOSERS.push(() => transport.close());
  return transport;
}

const GET: HttpRequest = { method: 'GET', path: '/v1/x', query: {}, body: null };
const POST: HttpRequest = { method: 'POST', path: '/v1/x', query: {}, body: '{"name":"é"}' };

describe('a request', () => {
  it('carries the key, JSON both ways, the query and the body', async () => {
    const seen: unknown[] = [];
    const port = await serve((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const {
          authorization,
          accept,
          'content-type': type,
          'content-length': length,
          'user-agent': agent,
        } = request.headers;
        seen.push([
          request.method,
          request.url,
          authorization,
          accept,
          agent,
          type,
          length,
          Buffer.concat(chunks).toString(),
        ]);
        response.writeHead(201, { 'retry-after': '3' }).end('{"uuid":"é"}');
      })();
    });
    const transport = open(`http://127.0.0.1:${port}/api`);
    expect(await transport.send(POST)).toEqual({
      kind: 'answer',
      status: 201,
      text: '{"uuid":"é"}',
      retryAfter: '3',
      location: null,
    });
    await transport.send({ ...GET, query: { limit: '100', 'match[name]': 'a b&é' } });
    expect(seen).toEqual([
      ['POST', '/api/v1/x', 'Bearer KEY', 'application/json', 'test/1', 'application/json', '13', POST.body],
      [
        'GET',
        '/api/v1/x?limit=100&match%5Bname%5D=a+b%26%C3%A9',
        'Bearer KEY',
        'application/json',
        'test/1',
        undefined,
        undefined,
        '',
      ],
    ]);
  });

  it('goes over the connection that is there', async () => {
    const ports = new Set<number | undefined>();
    const port = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const transport = open(`http://127.0.0.1:${port}`);
    for (let each = 0; each < 8; each += 1) await transport.send(each % 2 === 0 ? GET : POST);
    // The pool may open a second one while the first is being put back.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('does not follow a redirect', async () => {
    let others = 0;
    const other = await serve((_request, response) => {
      others += 1;
      response.end('{}');
    });
    const port = await serve((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end();
    });
    const answer = await open(`http://127.0.0.1:${port}`).send(POST);
    expect(answer).toMatchObject({ status: 307, location: `http://127.0.0.1:${other}/` });
    expect(others).toBe(0);
  });
});

describe('a request without an answer', () => {
  it('was not sent when nobody listens', async () => {
    const port = await serve(() => undefined);
    for (const close of CLOSERS.splice(0)) await close();
    const transport = open(`http://127.0.0.1:${port}`);
    for (const request of [GET, POST]) {
      const failure = await transport.send(request);
      expect(failure).toMatchObject({ kind: 'failure', reason: 'unreachable', sent: 'no' });
      expect(failure).toHaveProperty('detail', expect.stringContaining('ECONNREFUSED'));
    }
  });

  it('was not sent when the host has no address', async () => {
    const failure = await open('http://nowhere.invalid').send(POST);
    expect(failure).toMatchObject({ kind: 'failure', reason: 'unreachable', sent: 'no' });
  });

  it('was not sent, and is not trusted, when the certificate is unknown', async () => {
    const port = await listen(
      createTlsServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => {
        response.end('{}');
      }),
    );
    const failure = await open(`https://localhost:${port}`).send(POST);
    expect(failure).toMatchObject({ kind: 'failure', reason: 'untrusted-certificate', sent: 'no' });
  });

  it('was not sent when the other side does not speak TLS', async () => {
    const port = await serve((_request, response) => {
      response.end('{}');
    });
    const failure = await open(`https://127.0.0.1:${port}`).send(POST);
    expect(failure).toMatchObject({ kind: 'failure', reason: 'unreachable', sent: 'no' });
  });

  it.each([
    ['the connection is reset', (request: IncomingMessage) => request.socket.resetAndDestroy()],
    [
      'the answer ends in the middle',
      (request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"uuid":');
        setImmediate(() => request.socket.destroy());
      },
    ],
    [
      'the answer ends in the middle of a chunk',
      (request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200).write('{"uuid":');
        setImmediate(() => request.socket.destroy());
      },
    ],
  ])('may have been carried out when %s', async (_what, answer) => {
    const port = await serve((request, response) => {
      request.resume().on('end', () => {
        answer(request, response);
      });
    });
    expect(await open(`http://127.0.0.1:${port}`).send(POST)).toMatchObject({
      reason: 'connection-lost',
      sent: 'maybe',
    });
  });

  it.each([
    ['answer', () => undefined],
    [
      'end of its answer',
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200).write('{');
      },
    ],
  ])('ends at the deadline when there is no %s', async (_what, answer) => {
    const port = await serve(answer);
    expect(await open(`http://127.0.0.1:${port}`, {}, 200).send(POST)).toMatchObject({
      reason: 'timed-out',
      sent: 'maybe',
    });
  });

  it('ends when it is given up', async () => {
    const port = await serve(() => undefined);
    const transport = open(`http://127.0.0.1:${port}`);
    expect(await transport.send({ ...GET, abort: AbortSignal.abort() })).toMatchObject({ reason: 'timed-out' });
    expect(await transport.send({ ...GET, abort: AbortSignal.timeout(50) })).toMatchObject({ reason: 'timed-out' });
  });

  it('ends when the answer grows beyond 32 MiB', async () => {
    const port = await serve((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(await open(`http://127.0.0.1:${port}`).send(GET)).toMatchObject({ reason: 'answer-too-large' });
  });
});

describe('the proxy', () => {
  /** A proxy that only knows CONNECT, as those of companies for TLS. */
  async function startProxy(refuse = ''): Promise<{ port: number; seen: [string | undefined, string | undefined][] }> {
    const seen: [string | undefined, string | undefined][] = [];
    const server = createServer((_request, response) => {
      response.writeHead(405).end();
    });
    server.on('connect', (request, socket: Socket) => {
      seen.push([request.url, request.headers['proxy-authorization']]);
      if (refuse !== '') {
        socket.end(`HTTP/1.1 ${refuse}\r\n\r\n`);
        return;
      }
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host === 'platform.invalid' ? '127.0.0.1' : host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
      socket.on('close', () => onward.destroy());
    });
    return { port: await listen(server), seen };
  }

  const answerOk = (_request: IncomingMessage, response: ServerResponse): void => {
    response.end('{"ok":true}');
  };

  it.each([
    ['http_proxy', 'http://'],
    ['HTTP_PROXY', 'http://'],
    ['HTTP_PROXY', ''],
  ])('named by %s (written with "%s") carries the requests in a tunnel', async (variable, scheme) => {
    const port = await serve(answerOk);
    const proxy = await startProxy();
    const env = { [variable]: `${scheme}127.0.0.1:${proxy.port}` };
    const transport = open(`http://platform.invalid:${port}`, env);
    expect(await transport.send(POST)).toMatchObject({ status: 200, text: '{"ok":true}' });
    expect(await transport.send(GET)).toMatchObject({ status: 200 });
    expect(proxy.seen[0]).toEqual([`platform.invalid:${port}`, undefined]);
  });

  it('is given its own user and password', async () => {
    const port = await serve(answerOk);
    const proxy = await startProxy();
    const env = { HTTP_PROXY: `http://me:p%40ss@127.0.0.1:${proxy.port}` };
    await open(`http://platform.invalid:${port}`, env).send(GET);
    expect(proxy.seen).toEqual([[`platform.invalid:${port}`, `Basic ${Buffer.from('me:p@ss').toString('base64')}`]]);
  });

  it('is used for TLS too, where HTTPS_PROXY names it', async () => {
    const port = await listen(createTlsServer({ key: KEY, cert: CERTIFICATE }, answerOk));
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await open(`https://localhost:${port}`, env).send(POST)).toMatchObject({
      reason: 'untrusted-certificate',
      sent: 'no',
    });
    expect(proxy.seen[0]?.[0]).toBe(`localhost:${port}`);
  });

  it.each([
    ['NO_PROXY names the host', { HTTP_PROXY: 'PROXY', NO_PROXY: 'example.org,127.0.0.1' }],
    ['no_proxy is *', { HTTP_PROXY: 'PROXY', no_proxy: '*' }],
    ['only the other scheme has one', { HTTPS_PROXY: 'PROXY' }],
    ['the variable is empty', { http_proxy: '', HTTP_PROXY: '' }],
  ])('is left out when %s', async (_when, variables) => {
    const port = await serve(answerOk);
    const proxy = await startProxy();
    const env = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        name,
        value.replace('PROXY', `http://127.0.0.1:${proxy.port}`),
      ]),
    );
    expect(await open(`http://127.0.0.1:${port}`, env).send(GET)).toMatchObject({ status: 200 });
    expect(proxy.seen).toEqual([]);
  });

  it('comes from the environment handed in, not from that of the process', async () => {
    const port = await serve(answerOk);
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    try {
      expect(await open(`http://127.0.0.1:${port}`).send(GET)).toMatchObject({ status: 200 });
    } finally {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    }
  });

  it('that refuses means that nothing was sent', async () => {
    const proxy = await startProxy('407 Proxy Authentication Required');
    const failure = await open('http://platform.invalid', { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }).send(POST);
    expect(failure).toMatchObject({ reason: 'unreachable', sent: 'no' });
    expect(failure).toHaveProperty('detail', expect.stringContaining('407'));
  });

  it('whose address cannot be used is told by the name of its variable, without its password', () => {
    expect(() => open('https://platform.invalid', { HTTPS_PROXY: 'http://me:secret@host:port' })).toThrow(
      expect.objectContaining({ code: 'bad-settings', message: expect.not.stringContaining('secret') as unknown }),
    );
  });
});

// Of no use anywhere: made for these tests, for the name localhost.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgStEHu1tYzPUHUyzv
dMB+bK8hFPNfQ9oG/2VqljdKd1ShRANCAASSQ1auQZ3KaGZqn8FTHE6hCJgLreXb
KHqZNvLU2jeQCDLk/nAX1H8n26SvTna2IZav81mAxMXl1lPZSaLQrqcx
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUYs/nD38HgWyx6lwhxhUL/t2bk4IwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTA0MzA1MloYDzIxMjYxMTAx
MDQzMDUyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASSQ1auQZ3KaGZqn8FTHE6hCJgLreXbKHqZNvLU2jeQCDLk/nAX1H8n
26SvTna2IZav81mAxMXl1lPZSaLQrqcxo1MwUTAdBgNVHQ4EFgQU3ZUrBhyQuJk0
qv9ZnCj3yiy6KygwHwYDVR0jBBgwFoAU3ZUrBhyQuJk0qv9ZnCj3yiy6KygwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAy65II8d5QDeLuV+ZS4+49
T4pOHTgDgHNP80XTtKSUSgIhAOagF+1RqLN8PApg8xyDnL7FsfxyuCMQyAHRp1HE
bq09
-----END CERTIFICATE-----`;
