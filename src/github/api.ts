import type { getOctokit } from '@actions/github';
import type { Log } from '../log.js';
import { malformedAnswer, toGitHubError, type Effect } from './refusals.js';

export type Octokit = ReturnType<typeof getOctokit>;

/** One repository's API, with what every call needs around it. */
export interface Api {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  /** Sends a call and reads its answer; throws `GitHubError` and nothing else. */
  ask<T>(call: Call<T>): Promise<T>;
}

export interface Call<T> {
  /** What is tried, after "GitHub could not". */
  readonly doing: string;
  readonly effect: Effect;
  readonly send: () => Promise<unknown>;
  /** The part of the answer that is wanted; undefined when it is not there. */
  readonly read: (answer: unknown) => T | undefined;
}

/** Tries of a call that can be repeated. */
const TRIES = 3;
const LONGEST_WAIT_MS = 60_000;

/** A repeatable call is tried three times when GitHub is away or asks to wait; one that moves a branch once. */
export function asker(options: {
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Aborted: nothing is tried again. */
  readonly deadline?: AbortSignal;
}): Api['ask'] {
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const value = call.read(await call.send());
        if (value === undefined) throw malformedAnswer(call.doing, call.effect);
        return value;
      } catch (thrown) {
        const error = toGitHubError(thrown, call.doing, call.effect);
        const passing = error.code === 'unavailable' || error.code === 'rate-limited';
        const waitMs = error.retryAfterMs ?? (0.5 + options.random() / 2) * 1000 * 2 ** (attempt - 1);
        if (options.deadline?.aborted === true) throw error;
        if (call.effect !== 'repeatable' || !passing || attempt === TRIES || waitMs > LONGEST_WAIT_MS) throw error;
        options.log.debug(`${error.message}; trying again in ${Math.round(waitMs)} ms`);
        await options.sleep(waitMs);
      }
    }
  };
}

/** `value[name]` of anything. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
