import type { Answer } from './answers.js';
import { ACTIONS_BOT, GITHUB, type StandInRepository } from './repository.js';
import type { TreeChange } from './store.js';

/** The field that a GraphQL body asks for, as far as the stand-in knows any. */
export function graphqlField(body: unknown): string | undefined {
  const query = (body as { readonly query?: unknown } | null)?.query;
  if (typeof query !== 'string') return undefined;
  return /\{\s*(?<field>\w+)/.exec(query)?.groups?.field;
}

interface CommitInput {
  readonly branch?: { readonly repositoryNameWithOwner?: string; readonly branchName?: string };
  readonly expectedHeadOid?: string;
  readonly message?: { readonly headline?: string; readonly body?: string };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

/** `createCommitOnBranch`, as a true compare-and-swap. GraphQL refuses with status 200 and a list of errors. */
export async function answerGraphql(repository: StandInRepository, body: unknown): Promise<Answer> {
  const field = graphqlField(body);
  if (field === 'viewer') return { status: 200, body: { data: { viewer: { login: ACTIONS_BOT.name } } } };
  if (field !== 'createCommitOnBranch') {
    return refusal(null, `Field '${field ?? ''}' doesn't exist on type 'Query'`, null);
  }
  const variables = (body as { readonly variables?: Readonly<Record<string, unknown>> }).variables ?? {};
  const input = (variables.input ?? {}) as CommitInput;
  return createCommit(repository, input);
}

async function createCommit(repository: StandInRepository, input: CommitInput): Promise<Answer> {
  const { store, protection } = repository;
  const invalid = validate(input);
  if (invalid !== null) return refusal(null, invalid, null);
  const name = input.branch?.repositoryNameWithOwner ?? '';
  if (name.toLowerCase() !== repository.name.toLowerCase()) {
    return refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
  }
  if (repository.contents === 'read') return refusal('FORBIDDEN', 'Resource not accessible by integration');

  const ref = `refs/heads/${input.branch?.branchName ?? ''}`;
  const expected = input.expectedHeadOid ?? '';
  const stale = refusal('STALE_DATA', `Expected branch to point to "${expected}" but it did not. Pull and try again.`);
  const head = await store.readRef(ref);
  if (head === null) return refusal('NOT_FOUND', `Could not resolve to a Ref with the name ${ref}.`);
  const refused = protection.refuse(ref, { verified: true });
  if (refused !== null) return refusal('UNPROCESSABLE', refused);
  if (head !== expected) return stale;

  const headline = input.message?.headline ?? '';
  const text = input.message?.body ?? '';
  const commit = await store.writeChanges({
    parent: expected,
    changes: changesOf(input),
    message: text === '' ? headline : `${headline}\n\n${text}`,
    author: ACTIONS_BOT,
    committer: GITHUB,
  });
  await repository.beforeCommit();
  if ((await store.moveRef(ref, commit, expected)) === 'stale') return stale;
  repository.verified.add(commit);
  return { status: 200, body: { data: { createCommitOnBranch: { commit: { oid: commit } } } } };
}

/** Everything becomes 100644, whatever it was (action-engineering.md §2.1). */
function changesOf(input: CommitInput): TreeChange[] {
  return [
    ...(input.fileChanges?.deletions ?? []).map(({ path }): TreeChange => ({ path, gone: true })),
    ...(input.fileChanges?.additions ?? []).map(({ path, contents }): TreeChange => ({
      path,
      mode: '100644',
      content: Buffer.from(contents, 'base64'),
    })),
  ];
}

function validate(input: CommitInput): string | null {
  const missing = (what: string): string =>
    `Variable $input of type CreateCommitOnBranchInput! was provided invalid value for ${what} (Expected value to not be null)`;
  if (input.branch?.repositoryNameWithOwner === undefined) return missing('branch.repositoryNameWithOwner');
  if (input.branch.branchName === undefined) return missing('branch.branchName');
  if (input.expectedHeadOid === undefined) return missing('expectedHeadOid');
  if (input.message?.headline === undefined) return missing('message.headline');
  for (const { contents } of input.fileChanges?.additions ?? []) {
    const text = contents as unknown;
    if (typeof text !== 'string' || Buffer.from(text, 'base64').toString('base64') !== text) {
      return 'Variable $input of type CreateCommitOnBranchInput! was provided invalid value for fileChanges.additions.0.contents (Base64String: invalid base64)';
    }
  }
  return null;
}

function refusal(type: string | null, message: string, field: string | null = 'createCommitOnBranch'): Answer {
  const error = type === null ? { message } : { type, path: [field], message };
  const data = field === null ? {} : { data: { [field]: null } };
  return { status: 200, body: { ...data, errors: [{ ...error, locations: [{ line: 1, column: 1 }] }] } };
}
