/** Where a command may run. */
export const HOST_NAMES = ['desk', 'github', 'gitlab', 'bitbucket', 'azure', 'jenkins', 'git'] as const;

export type HostName = (typeof HOST_NAMES)[number];

/**
 * The variable by which each system is known, and the value that it has there; null: any that is not empty. The first
 * one that is set decides: `CI` is set by all of them, and Jenkins may build what the others started.
 */
const SIGNS: readonly (readonly [variable: string, value: string | null, host: HostName])[] = [
  ['GITHUB_ACTIONS', 'true', 'github'],
  ['GITLAB_CI', 'true', 'gitlab'],
  ['BITBUCKET_BUILD_NUMBER', null, 'bitbucket'],
  ['TF_BUILD', 'true', 'azure'],
  ['JENKINS_URL', null, 'jenkins'],
  ['CI', null, 'git'],
];

/**
 * The host that a command runs on.
 *
 * @param asked by the option `--host`; it has the last word.
 */
export function chooseHost(env: Readonly<Record<string, string | undefined>>, asked?: HostName): HostName {
  if (asked !== undefined) return asked;
  const isSet = (variable: string, value: string | null): boolean => {
    const text = (env[variable] ?? '').trim().toLowerCase();
    // As people switch it off: `CI=false npm test`.
    return value === null ? text !== '' && text !== 'false' && text !== '0' : text === value;
  };
  return SIGNS.find(([variable, value]) => isSet(variable, value))?.[2] ?? 'desk';
}
