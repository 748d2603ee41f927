import { type Answer, notFound, problem } from './answers.js';
import { ACTIONS_BOT, GITHUB, type StandInRepository } from './repository.js';

interface MergeRequest {
  readonly base?: string;
  /** A branch or a commit. */
  readonly head?: string;
  readonly commit_message?: string;
}

/** `POST /merges`: 201 with the merge commit, 204 when there is nothing to merge, 409 when a person has to. */
export async function mergeBranches(repository: StandInRepository, body: unknown): Promise<Answer | 'nothing'> {
  const { store, protection, verified } = repository;
  const { base = '', head = '', commit_message: message } = body as MergeRequest;
  const ref = `refs/heads/${base}`;
  const ours = await store.readRef(ref);
  if (ours === null) return problem(404, 'Base does not exist');
  const theirs = (await store.readRef(`refs/heads/${head}`)) ?? ((await store.typeOf(head)) === 'commit' ? head : null);
  if (theirs === null) return problem(404, 'Head does not exist');
  if (await store.isAncestor(theirs, ours)) return 'nothing';
  const tree = await store.mergeTrees(ours, theirs);
  if (tree === null) return problem(409, 'Merge conflict');
  const refused = protection.refuse(ref, { verified: true, isMerge: true });
  if (refused !== null) return problem(422, refused);
  const sha = await store.writeCommit({
    tree,
    parents: [ours, theirs],
    message: message ?? `Merge ${head} into ${base}`,
    author: ACTIONS_BOT,
    committer: GITHUB,
  });
  if ((await store.moveRef(ref, sha, ours)) === 'stale')
    return problem(409, 'Base branch was modified. Review and try the merge again.');
  verified.add(sha);
  const commit = await store.readCommit(sha);
  return commit === null
    ? notFound
    : { status: 201, body: { sha, commit: { message: commit.message }, parents: [{ sha: ours }, { sha: theirs }] } };
}

const PERSON = { name: 'A person', mail: 'person@example.org' };

/** What the button of a pull request does; its rules are not looked at. */
export async function mergePull(repository: StandInRepository, number: number, how: 'merge' | 'squash'): Promise<void> {
  const { store, pulls } = repository;
  const pull = pulls.find((one) => one.number === number);
  const [head, base] = [
    await store.readRef(`refs/heads/${pull?.head ?? ''}`),
    await store.readRef(`refs/heads/${pull?.base ?? ''}`),
  ];
  if (pull === undefined || head === null || base === null) throw new Error(`there is no pull request ${number}`);
  const tree = await store.mergeTrees(base, head);
  if (tree === null) throw new Error('Pull Request is not mergeable');
  const parents = how === 'merge' ? [base, head] : [base];
  const commit = await store.writeCommit({
    tree,
    parents,
    message: `${pull.title} (#${number})`,
    author: PERSON,
    committer: GITHUB,
  });
  await store.moveRef(`refs/heads/${pull.base}`, commit, base);
  pull.state = 'closed';
  pull.merged = true;
}
