import { asCommitSha, type CommitSha } from '../git/types.js';
import { type Api, member, textOf } from './api.js';
import type { BranchCommit, LooseCommit, TreeCommit } from './types.js';

/** Always the same content, so that a thousand runs leave one unreferenced object for GitHub to collect. */
const PROOF = 'sekoia-detections-action: can this token write?\n';

export async function writeProof(api: Api): Promise<void> {
  await writeBlob(api, Buffer.from(PROOF), 'write to the repository with this token');
}

const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

export function commitOnBranch(api: Api, commit: BranchCommit): Promise<CommitSha> {
  const { headline, body } = splitMessage(commit.message);
  const input = {
    branch: { repositoryNameWithOwner: `${api.owner}/${api.repo}`, branchName: commit.branch },
    expectedHeadOid: commit.expectedHead,
    message: body === '' ? { headline } : { headline, body },
    fileChanges: {
      additions: commit.files.map(({ path, content }) => ({ path, contents: content.toString('base64') })),
    },
  };
  return api.ask({
    doing: `commit to the branch "${commit.branch}"`,
    effect: 'moves-branch',
    send: () => api.octokit.graphql(CREATE_COMMIT, { input }),
    read: (answer) => asCommitSha(textOf(member(member(member(answer, 'createCommitOnBranch'), 'commit'), 'oid'))),
  });
}

/** The commit of `writeCommit`, and the ref moved forward only. */
export async function commitByTree(api: Api, commit: TreeCommit): Promise<CommitSha> {
  const { octokit, owner, repo } = api;
  const doing = `commit to the branch "${commit.branch}"`;
  const sha = await writeCommit(api, commit, doing);
  return api.ask({
    doing,
    effect: 'moves-branch',
    send: () =>
      octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
        owner,
        repo,
        ref: `heads/${commit.branch}`,
        sha,
        force: false,
      }),
    read: (answer) => asCommitSha(textOf(member(member(member(answer, 'data'), 'object'), 'sha'))),
  });
}

/**
 * Tree on top of the parent's, and commit. Neither author nor committer is sent: a commit that names one is not signed by
 * GitHub (action-engineering.md §2.1).
 */
export async function writeCommit(api: Api, commit: LooseCommit, doing = 'write a commit'): Promise<CommitSha> {
  const { octokit, owner, repo } = api;
  const base = await api.ask({
    doing,
    effect: 'repeatable',
    send: () =>
      octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
        owner,
        repo,
        commit_sha: commit.parent,
      }),
    read: (answer) => textOf(member(member(member(answer, 'data'), 'tree'), 'sha')),
  });
  const tree = await writeTree(api, base, commit, doing);
  return api.ask({
    doing,
    effect: 'repeatable',
    send: () =>
      octokit.request('POST /repos/{owner}/{repo}/git/commits', {
        owner,
        repo,
        message: commit.message,
        tree,
        parents: [commit.parent],
      }),
    read: shaOf,
  });
}

/** Of one request: a tree of many at once runs into GitHub's time limit (user-reports.md, row 73). */
const MOST_ENTRIES = 100;
const MOST_BYTES = 4 * 1024 * 1024;

type TreeEntry = { readonly path: string; readonly mode: '100644' | '100755'; readonly type: 'blob' } & (
  { readonly content: string } | { readonly sha: string }
);

async function writeTree(api: Api, base: string, { files }: LooseCommit, doing: string): Promise<string> {
  const { octokit, owner, repo } = api;
  let tree = base;
  for (const part of inParts(files)) {
    const entries: TreeEntry[] = [];
    for (const { path, mode, content } of part) {
      const text = content.toString();
      const entry = { path, mode, type: 'blob' as const };
      // Inline content travels as text; bytes that are no UTF-8 need an object of their own.
      if (Buffer.from(text).equals(content)) entries.push({ ...entry, content: text });
      else entries.push({ ...entry, sha: await writeBlob(api, content, doing) });
    }
    const baseTree = tree;
    tree = await api.ask({
      doing,
      effect: 'repeatable',
      send: () =>
        octokit.request('POST /repos/{owner}/{repo}/git/trees', { owner, repo, base_tree: baseTree, tree: entries }),
      read: shaOf,
    });
  }
  return tree;
}

function inParts(files: LooseCommit['files']): readonly LooseCommit['files'][] {
  const parts: LooseCommit['files'][number][][] = [];
  let room = 0;
  for (const file of files) {
    const part = parts.at(-1);
    room -= file.content.length;
    if (part !== undefined && part.length < MOST_ENTRIES && room >= 0) part.push(file);
    else {
      parts.push([file]);
      room = MOST_BYTES - file.content.length;
    }
  }
  return parts;
}

function writeBlob(api: Api, content: Buffer, doing: string): Promise<string> {
  const { octokit, owner, repo } = api;
  return api.ask({
    doing,
    effect: 'repeatable',
    send: () =>
      octokit.request('POST /repos/{owner}/{repo}/git/blobs', {
        owner,
        repo,
        content: content.toString('base64'),
        encoding: 'base64',
      }),
    read: shaOf,
  });
}

function shaOf(answer: unknown): CommitSha | undefined {
  return asCommitSha(textOf(member(member(answer, 'data'), 'sha')));
}

function splitMessage(message: string): { readonly headline: string; readonly body: string } {
  const [headline = '', ...rest] = message.trim().split(/\r?\n/);
  return { headline, body: rest.join('\n').trim() };
}
