import type { Repository } from '../git/repository.js';
import type { TalkingRun } from './types.js';

/**
 * A repository, and GitHub's comparison, whose answers about commits are kept: they never change, and every target of a
 * run asks for the same. What can change (refs, whether a commit is here) is asked each time.
 */
export function sharedReads({
  repository,
  compare,
}: Pick<TalkingRun, 'repository' | 'compare'>): Pick<TalkingRun, 'repository' | 'compare'> {
  const kept: Repository = {
    ...repository,
    changedFiles: remembered((base, head) => repository.changedFiles(base, head)),
    listFiles: remembered((commit, folders) => repository.listFiles(commit, folders)),
    pathVersions: remembered((base, head, folders) => repository.pathVersions(base, head, folders)),
    authorsOf: remembered((of) => repository.authorsOf(of)),
    fetchCommit: inTurn((commit) => repository.fetchCommit(commit)),
    fetchSince: inTurn((ref, head) => repository.fetchSince(ref, head)),
  };
  return { repository: kept, compare: remembered(compare) };
}

/** The answer to the same question is given again; a question that failed is asked again. */
function remembered<Asked extends readonly unknown[], Answer>(
  ask: (...asked: Asked) => Promise<Answer>,
): (...asked: Asked) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...asked) => {
    const question = JSON.stringify(asked);
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = ask(...asked);
    answers.set(question, answer);
    answer.catch(() => answers.delete(question));
    return answer;
  };
}

/** One at a time: two fetches into one clone get into each other's way. */
function inTurn<Asked extends readonly unknown[], Answer>(
  ask: (...asked: Asked) => Promise<Answer>,
): (...asked: Asked) => Promise<Answer> {
  let line: Promise<unknown> = Promise.resolve();
  return (...asked) => {
    const mine = line.then(() => ask(...asked));
    line = mine.catch(() => undefined);
    return mine;
  };
}
