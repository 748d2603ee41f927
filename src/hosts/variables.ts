import { EventError } from '../event.js';
import { asCommitSha } from '../git/types.js';
import type { CommitSha } from '../git/types.js';
import { shorten } from '../text.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** The value, or null where it is missing, empty, or a macro that nobody filled in (`$(System.PullRequest.Id)`). */
export function textIn(env: Env, name: string): string | null {
  const value = (env[name] ?? '').trim();
  return value === '' || /^\$\(.*\)$/u.test(value) ? null : value;
}

/** Null also for all zeros and for an abbreviated id. */
export function commitIn(env: Env, name: string): CommitSha | null {
  return asCommitSha(env[name]) ?? null;
}

/** Null for anything but a whole number of 1 or more. */
export function numberIn(env: Env, name: string): number | null {
  const text = textIn(env, name) ?? '';
  return /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : null;
}

/** A page that may be shown: without blanks, quotes, brackets and credentials. */
export function pageIn(env: Env, name: string): string | null {
  const text = textIn(env, name) ?? '';
  return /^https?:\/\/[^\s"'<>()[\]\\@`]+$/u.test(text) ? text : null;
}

/** `https://git.example.org` of an address below it, without what comes before an `@`; null for other addresses. */
export function serverOf(address: string | null): string | null {
  if (address === null || !/^https?:\/\//iu.test(address) || !URL.canParse(address)) return null;
  return new URL(address).origin;
}

/** `refs/heads/main` and `main` are the same branch. */
export function branchName(ref: string | null): string | null {
  return ref?.replace(/^refs\/heads\//u, '') ?? null;
}

/** @throws EventError `not-on-host`, `bad-environment` */
export function requiredCommit(env: Env, name: string, system: string): CommitSha {
  const text = textIn(env, name);
  const commit = asCommitSha(text);
  if (commit !== undefined) return commit;
  if (text === null) throw notOnHost(name, system);
  throw new EventError(
    'bad-environment',
    `The variable ${name} is "${shorten(text, 80)}", which is no full commit id.`,
    `Leave the variables of ${system} as they are: look for settings that overwrite them.`,
  );
}

/** @throws EventError `not-on-host` */
export function requiredText(env: Env, name: string, system: string): string {
  const text = textIn(env, name);
  if (text === null) throw notOnHost(name, system);
  return text;
}

function notOnHost(name: string, system: string): EventError {
  return new EventError(
    'not-on-host',
    `The variable ${name} is not set, so this does not seem to be a job of ${system}.`,
    `Run it in a job of ${system}, or say with --host where it runs (\`--host git\` asks git alone).`,
  );
}
