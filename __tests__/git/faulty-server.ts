import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveGit } from '../support/git-http.js';

/** `lose`: the request is carried out and the answer does not arrive. A number: an answer with that status. */
export type Fault = 'reset' | 'hang' | 'lose' | number;

export interface FaultyServer {
  readonly url: string;
  /** Such as `GET git-upload-pack`, in order. */
  readonly requests: readonly string[];
  /** What befalls a request; null: nothing. */
  fault: (request: string, number: number) => Fault | null;
  /** Runs after a request whose answer is lost was carried out. */
  afterLoss: () => Promise<void>;
  close(): Promise<void>;
}

/** A server of `/acme/rules` over the bare repository that lets everybody in, and fails as it is told. */
export async function startFaultyServer(bare: string): Promise<FaultyServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const asked = `${request.method ?? ''} ${/git-(?:upload|receive)-pack/.exec(request.url ?? '')?.[0] ?? ''}`;
    requests.push(asked);
    void answer(request, response, started.fault(asked, requests.length));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse, fault: Fault | null): Promise<void> => {
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (typeof fault === 'number') {
      request.resume();
      response.writeHead(fault, { 'Content-Type': 'text/plain' }).end('told to fail\n');
      return;
    }
    const end = response.end.bind(response);
    if (fault === 'lose') swallow(response);
    await serveGit(request, response, {
      repositories: (name) => (/^\/acme\/rules(?:\.git)?$/.test(name) ? bare : null),
      authorise: () => 'ok',
    });
    if (fault !== 'lose') return;
    await started.afterLoss();
    response.destroy();
    end();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const started: FaultyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fault: () => null,
    afterLoss: () => Promise.resolve(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return started;
}

function swallow(response: ServerResponse): void {
  response.write = () => true;
  response.writeHead = () => response;
  response.end = () => response;
}

/** The first requests of a kind. */
export function first(count: number, kind: string, fault: Fault): FaultyServer['fault'] {
  let left = count;
  return (request) => {
    if (request !== kind || left === 0) return null;
    left -= 1;
    return fault;
  };
}
