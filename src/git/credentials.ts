type Env = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  /** Variables to add to the environment of a git command. */
  readonly env: Readonly<Record<string, string>>;
  /** Every form of the token that a text must not show. */
  readonly secrets: readonly string[];
}

/**
 * Lets git speak to the server with the token, through configuration handed over in the environment, so that the token
 * is in no argument list and in no file. actions/checkout leaves a header of its own in the repository's configuration,
 * and two make the server answer 400; so an empty value comes first, which clears the list, then ours. It also works
 * where checkout left none (action-engineering.md §2.1). The setting holds for URLs of `serverUrl` alone: SSH remotes and
 * other hosts never see it. What the environment configures already is kept.
 *
 * @param user the name that the server wants beside a token.
 */
export function credentialsFor(serverUrl: string, token: string, env: Env, user = 'x-access-token'): Credentials {
  if (token === '' || !/^https?:\/\//i.test(serverUrl)) return { env: {}, secrets: [] };
  const basic = Buffer.from(`${user}:${token}`).toString('base64');
  const key = `http.${serverUrl.replace(/\/+$/, '')}/.extraheader`;
  const first = configured(env);
  return {
    env: {
      GIT_CONFIG_COUNT: String(first + 2),
      [`GIT_CONFIG_KEY_${first}`]: key,
      [`GIT_CONFIG_VALUE_${first}`]: '',
      [`GIT_CONFIG_KEY_${first + 1}`]: key,
      [`GIT_CONFIG_VALUE_${first + 1}`]: `AUTHORIZATION: basic ${basic}`,
    },
    secrets: [token, basic],
  };
}

/** How many settings the environment holds; a count that git would refuse counts as none. */
function configured(env: Env): number {
  const count = env['GIT_CONFIG_COUNT'] ?? '';
  return /^\d{1,4}$/.test(count) ? Number(count) : 0;
}
