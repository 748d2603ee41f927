import { spawn } from 'node:child_process';

export interface GitCall {
  readonly folder: string;
  /** Home of the git that is run: no settings of whoever runs the tests reach it. */
  readonly home: string;
  readonly input?: string | Buffer;
}

/**
 * Runs git and gives its standard output. Asynchronous throughout, as the server it talks to may live in this process.
 * Throws with git's own words when it fails.
 */
export function git(call: GitCall, ...commands: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', commands, { cwd: call.folder, env: environment(call.home), stdio: 'pipe' });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    // A git that has failed reads no more; its exit code tells what happened.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new Error(`git ${commands.join(' ')} failed (${code}): ${Buffer.concat(errors).toString('utf8')}`));
    });
    child.stdin.end(call.input);
  });
}

/** The same as trimmed text. */
export async function gitText(call: GitCall, ...commands: readonly string[]): Promise<string> {
  return (await git(call, ...commands)).toString('utf8').trim();
}

function environment(home: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_AUTHOR_NAME: 'Ada Analyst',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada Analyst',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
  };
}
