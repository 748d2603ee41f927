import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { serveGit } from '../git-http.js';
import { git } from '../temp-repository.js';

export type Access = 'write' | 'read';

export interface CiGitServer {
  /** `http://127.0.0.1:…`, which serves `/acme/detections.git`. */
  readonly url: string;
  /** What each `user:password` may do; may be changed. */
  readonly accounts: Map<string, Access>;
  /** The options of each push that opened a merge request, in order. */
  readonly mergeRequests: () => Promise<readonly (readonly string[])[]>;
  /** Refuses pushes to the branch from here on, in GitLab's words. */
  readonly protect: (branch: string) => Promise<void>;
  /** Says this of each push from here on, and opens no merge request. */
  readonly answer: (words: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * A server of a bare repository as CI systems have it: basic authorisation, and with `mergeRequests` GitLab's push
 * options: it answers a push with `merge_request.create` with the page of the merge request.
 */
export async function startCiGitServer(
  bare: string,
  { mergeRequests = false }: { readonly mergeRequests?: boolean } = {},
): Promise<CiGitServer> {
  const accounts = new Map<string, Access>();
  const server = createServer((request, response) => {
    void serveGit(request, response, {
      repositories: (name) => (/^\/acme\/detections(?:\.git)?$/.test(name) ? bare : null),
      authorise: (header, service) => {
        const [, basic = ''] = /^basic (\S+)$/i.exec(header ?? '') ?? [];
        const access = accounts.get(Buffer.from(basic, 'base64').toString('utf8'));
        if (access === undefined) return 'unauthorised';
        return access === 'read' && service === 'receive-pack' ? 'forbidden' : 'ok';
      },
      duplicateHeader: 'reject',
    }).then((handled) => {
      if (!handled) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const record = path.join(bare, 'merge-requests');
  await git(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  if (mergeRequests) {
    await git(bare, 'config', 'receive.advertisePushOptions', 'true');
    await hook(bare, 'post-receive', OPEN_MERGE_REQUEST(url, record));
  }
  return {
    url,
    accounts,
    mergeRequests: async () => {
      const text = await readFile(record, 'utf8').catch(() => '');
      return text
        .split('\n--\n')
        .filter((part) => part !== '')
        .map((part) => part.split('\n'));
    },
    protect: (branch) => hook(bare, 'pre-receive', REFUSE(branch)),
    answer: (words) => hook(bare, 'post-receive', `#!/bin/sh\necho '${words}'\n`),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function hook(bare: string, name: string, script: string): Promise<void> {
  await mkdir(path.join(bare, 'hooks'), { recursive: true });
  const file = path.join(bare, 'hooks', name);
  await writeFile(file, script);
  await chmod(file, 0o755);
}

/** As GitLab answers (merge_requests/push_options_handler_service.rb): one for each branch, found again while it is open. */
const OPEN_MERGE_REQUEST = (url: string, record: string): string => `#!/bin/bash
created=
for ((i = 0; i < \${GIT_PUSH_OPTION_COUNT:-0}; i++)); do
  name="GIT_PUSH_OPTION_$i"
  [ "\${!name}" = merge_request.create ] && created=1
done
[ -n "$created" ] || exit 0
for ((i = 0; i < GIT_PUSH_OPTION_COUNT; i++)); do
  name="GIT_PUSH_OPTION_$i"
  echo "\${!name}" >> '${record}'
done
echo -- >> '${record}'
while read -r _ _ ref; do
  echo
  echo "View merge request for \${ref#refs/heads/}:"
  echo "  ${url}/acme/detections/-/merge_requests/7"
  echo
done
`;

const REFUSE = (branch: string): string => `#!/bin/sh
while read -r _ _ ref; do
  if [ "$ref" = 'refs/heads/${branch}' ]; then
    echo 'GitLab: You are not allowed to push code to protected branches on this project.' >&2
    exit 1
  fi
done
`;
