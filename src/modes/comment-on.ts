import { ActionError, messageOf } from '../errors.js';
import { comment, commentMarker, isWorthAComment } from '../report/comment.js';
import type { Settings } from '../inputs.js';
import type { Report } from '../report/types.js';
import type { TalkingRun } from './types.js';

/**
 * Puts a plan into its one comment on the pull request. What goes wrong is a notice: the summary says the same, and a
 * token that may not comment is nothing to fail a plan for.
 */
export async function commentOn(report: Report, { world, settings, event, forge }: TalkingRun): Promise<void> {
  if (!settings.comment || event.pullRequest === null || world.signal.aborted) return;
  const marker = commentMarker(aboutOf(settings));
  try {
    const done = await forge.keepComment({
      pullRequest: event.pullRequest,
      marker,
      body: comment(report, marker),
      create: isWorthAComment(report),
    });
    world.log.debug(`The comment on the pull request: ${done}`);
  } catch (error) {
    const words = messageOf(error);
    if (!(error instanceof ActionError)) throw error;
    world.log.notice(
      `The plan is in the summary alone, since it could not be put on the pull request: ${words}. ` +
        'If the token lacks the right, add `pull-requests: write` to the `permissions` of the job, or set `comment: false`; runs for forks never have it.',
    );
  }
}

/** What tells this plan from others for the same pull request, such as that of another job's share of the targets. */
function aboutOf({ apiUrl, detections, share }: Settings): readonly string[] {
  return share === null ? [apiUrl, ...detections] : ['targets', ...share.map(({ name }) => name)];
}
