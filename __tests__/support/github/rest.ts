import { type Answer, notFound, problem, readOnlyToken } from './answers.js';
import { mergeBranches } from './merges.js';
import { answerPulls } from './pulls.js';
import { ACTIONS_BOT, GITHUB, type StandInRepository } from './repository.js';
import type { Identity, StoredCommit, TreeChange } from './store.js';

export interface RestRequest {
  readonly method: string;
  /** Below `/repos/OWNER/NAME`, decoded: `/git/refs/heads/main`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** The REST calls below `/repos/OWNER/NAME` that the product, the demo and the tests use. */
export async function answerRest(repository: StandInRepository, request: RestRequest): Promise<Answer> {
  const pulls = await answerPulls(repository, request);
  if (pulls !== null) return pulls;
  const answered = repository.comments.answer(request);
  if (answered !== null) return answered;
  if (request.method !== 'GET' && repository.contents === 'read') return readOnlyToken;
  const key = `${request.method} ${request.path}`;
  for (const [pattern, answer] of ROUTES) {
    const match = pattern.exec(key);
    if (match !== null) return answer(repository, match[1] ?? '', request);
  }
  return notFound;
}

type Route = (repository: StandInRepository, argument: string, request: RestRequest) => Promise<Answer> | Answer;

const ROUTES: readonly (readonly [RegExp, Route])[] = [
  [/^GET $/, describeRepository],
  [/^GET \/branches\/(.+)$/s, readBranch],
  [/^GET \/git\/ref\/(.+)$/s, readRef],
  [/^POST \/git\/refs$/, createRef],
  [/^PATCH \/git\/refs\/(.+)$/s, updateRef],
  [/^GET \/git\/commits\/(\w+)$/, readCommit],
  [/^POST \/git\/commits$/, createCommit],
  [/^GET \/git\/trees\/(.+)$/s, readTree],
  [/^POST \/git\/trees$/, createTree],
  [/^GET \/git\/blobs\/(\w+)$/, readBlob],
  [/^POST \/git\/blobs$/, createBlob],
  [/^POST \/merges$/, merge],
  [/^GET \/rules\/branches\/(.+)$/s, readRules],
  [/^GET \/rulesets\/(\d+)$/, readRuleset],
  [/^GET \/compare\/(.+)$/s, compare],
];

async function merge(repository: StandInRepository, _: string, { body }: RestRequest): Promise<Answer> {
  const merged = await mergeBranches(repository, body);
  return merged === 'nothing' ? { status: 204, body: '' } : merged;
}

function describeRepository({ name, defaultBranch, contents }: StandInRepository): Answer {
  const [owner = '', short = ''] = name.split('/');
  return ok({
    id: 1,
    name: short,
    full_name: name,
    private: true,
    archived: false,
    owner: { login: owner },
    default_branch: defaultBranch,
    permissions: { admin: false, push: contents === 'write', pull: true },
  });
}

async function readBranch({ store, protection }: StandInRepository, branch: string): Promise<Answer> {
  const sha = await store.readRef(`refs/heads/${branch}`);
  if (sha === null) return problem(404, 'Branch not found');
  return ok({ name: branch, commit: { sha }, protected: protection.isProtected(branch) });
}

async function readRef({ store }: StandInRepository, ref: string): Promise<Answer> {
  const sha = await store.readRef(`refs/${ref}`);
  return sha === null ? notFound : ok(refBody(`refs/${ref}`, sha));
}

async function createRef(repository: StandInRepository, _: string, { body }: RestRequest): Promise<Answer> {
  const { ref, sha } = body as { readonly ref?: string; readonly sha?: string };
  if (ref === undefined || !/^refs\/.+\/.+$/s.test(ref)) {
    return problem(422, `Reference name must start with 'refs/' and have at least two slashes.`);
  }
  if (sha === undefined || (await repository.store.typeOf(sha)) === null) return problem(422, 'Object does not exist');
  const refused = repository.protection.refuse(ref, { verified: repository.verified.has(sha), isNew: true });
  if (refused !== null) return problem(422, refused);
  const moved = await repository.store.moveRef(ref, sha, null);
  return moved === 'stale' ? problem(422, 'Reference already exists') : { status: 201, body: refBody(ref, sha) };
}

async function updateRef(repository: StandInRepository, short: string, { body }: RestRequest): Promise<Answer> {
  const { store, protection, verified } = repository;
  const { sha, force } = body as { readonly sha?: string; readonly force?: boolean };
  const ref = `refs/${short}`;
  if (sha === undefined || (await store.typeOf(sha)) !== 'commit') return problem(422, 'Object does not exist');
  if ((await store.readRef(ref)) === null) return problem(422, 'Reference does not exist');
  const refused = protection.refuse(ref, { verified: verified.has(sha) });
  if (refused !== null) return problem(422, refused);
  await repository.beforeCommit();
  const current = await store.readRef(ref);
  const forward = current !== null && (await store.isAncestor(current, sha));
  if (!forward && force !== true) return problem(422, 'Update is not a fast forward');
  if ((await store.moveRef(ref, sha, current)) === 'stale') return problem(422, 'Update is not a fast forward');
  return ok(refBody(ref, sha));
}

async function readCommit(repository: StandInRepository, sha: string): Promise<Answer> {
  const commit = await repository.store.readCommit(sha);
  return commit === null ? notFound : ok(commitBody(repository, commit));
}

interface NewCommit {
  readonly message: string;
  readonly tree: string;
  readonly parents?: readonly string[];
  readonly author?: { readonly name: string; readonly email: string };
  readonly committer?: { readonly name: string; readonly email: string };
}

/** Signed only when neither author nor committer is sent (action-engineering.md §2.1). */
async function createCommit(repository: StandInRepository, _: string, { body }: RestRequest): Promise<Answer> {
  const { message, tree, parents = [], author, committer } = body as NewCommit;
  if ((await repository.store.typeOf(tree)) !== 'tree') return problem(422, 'Tree SHA does not exist');
  const identity = (given: NewCommit['author'], otherwise: Identity): Identity =>
    given === undefined ? otherwise : { name: given.name, mail: given.email };
  const sha = await repository.store.writeCommit({
    tree,
    parents,
    message,
    author: identity(author, ACTIONS_BOT),
    committer: identity(committer, author === undefined ? GITHUB : identity(author, ACTIONS_BOT)),
  });
  if (author === undefined && committer === undefined) repository.verified.add(sha);
  const commit = await repository.store.readCommit(sha);
  return commit === null ? notFound : { status: 201, body: commitBody(repository, commit) };
}

async function readTree({ store }: StandInRepository, sha: string, { query }: RestRequest): Promise<Answer> {
  const type = await store.typeOf(`${sha}^{tree}`);
  if (type === null) return notFound;
  const tree = await store.readTree(sha, query.has('recursive') ? 'recursive' : 'one-level');
  return ok({ sha, tree, truncated: false });
}

interface NewEntry {
  readonly path: string;
  readonly mode: string;
  readonly content?: string;
  readonly sha?: string | null;
}

async function createTree({ store }: StandInRepository, _: string, { body }: RestRequest): Promise<Answer> {
  const { base_tree: base, tree } = body as { readonly base_tree?: string; readonly tree: readonly NewEntry[] };
  if (base !== undefined && (await store.typeOf(`${base}^{tree}`)) === null) return problem(404, 'Not Found');
  const changes = tree.map(({ path, mode, content, sha }): TreeChange => {
    if (content !== undefined) return { path, mode, content: Buffer.from(content) };
    return sha === null || sha === undefined ? { path, gone: true } : { path, mode, object: sha };
  });
  const sha = await store.writeTree(base ?? null, changes);
  return { status: 201, body: { sha, tree: await store.readTree(sha, 'one-level'), truncated: false } };
}

async function readBlob({ store }: StandInRepository, sha: string): Promise<Answer> {
  if ((await store.typeOf(sha)) !== 'blob') return notFound;
  const content = await store.readBlob(sha);
  // GitHub breaks the lines of the base64.
  const text = content.toString('base64').replace(/.{60}/g, '$&\n');
  return ok({ sha, size: content.length, encoding: 'base64', content: text });
}

async function createBlob({ store }: StandInRepository, _: string, { body }: RestRequest): Promise<Answer> {
  const { content, encoding = 'utf-8' } = body as { readonly content?: string; readonly encoding?: string };
  if (content === undefined) return problem(422, `Invalid request.\n\n"content" wasn't supplied.`);
  const sha = await store.writeBlob(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
  return { status: 201, body: { sha } };
}

function readRules({ protection }: StandInRepository, branch: string): Answer {
  return ok(
    protection.rulesOf(branch).map(({ type, rulesetId, source, parameters }) => ({
      type,
      ruleset_id: rulesetId,
      ruleset_source: source,
      ruleset_source_type: source.includes('/') ? 'Repository' : 'Organization',
      ...(parameters === undefined ? {} : { parameters }),
    })),
  );
}

function readRuleset({ protection }: StandInRepository, id: string): Answer {
  const rule = protection.ruleset(Number(id));
  if (rule === undefined) return notFound;
  return ok({
    id: rule.rulesetId,
    name: `ruleset ${rule.rulesetId}`,
    target: 'branch',
    source: rule.source,
    enforcement: 'active',
    current_user_can_bypass: rule.bypass ?? 'never',
  });
}

async function compare(repository: StandInRepository, range: string, { query }: RestRequest): Promise<Answer> {
  const { store } = repository;
  const [from = '', to = ''] = range.split('...');
  const resolve = async (name: string): Promise<string | null> =>
    (await store.readRef(`refs/heads/${name}`)) ?? ((await store.typeOf(name)) === 'commit' ? name : null);
  const [base, head] = [await resolve(from), await resolve(to)];
  if (base === null || head === null) return notFound;
  const { ahead, behind, mergeBase } = await store.compare(base, head);
  if (mergeBase === null) return problem(404, `No common ancestor between ${from} and ${to}.`);
  const status = ahead.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged';
  return ok({
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    merge_base_commit: { sha: mergeBase },
    commits: await Promise.all(
      ahead.slice(0, Math.min(250, Number(query.get('per_page') ?? 250))).map(async (sha) => {
        const commit = await store.readCommit(sha);
        return commit === null ? { sha } : { sha, commit: commitBody(repository, commit) };
      }),
    ),
  });
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function refBody(ref: string, sha: string): unknown {
  return { ref, object: { sha, type: 'commit' } };
}

function commitBody({ verified }: StandInRepository, commit: StoredCommit): unknown {
  const person = ({ name, mail, date }: StoredCommit['author']): unknown => ({ name, email: mail, date });
  const signed = verified.has(commit.sha);
  return {
    sha: commit.sha,
    tree: { sha: commit.tree },
    parents: commit.parents.map((sha) => ({ sha })),
    author: person(commit.author),
    committer: person(commit.committer),
    message: commit.message,
    verification: { verified: signed, reason: signed ? 'valid' : 'unsigned', signature: null, payload: null },
  };
}
