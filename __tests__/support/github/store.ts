import { spawn } from 'node:child_process';

export interface Identity {
  readonly name: string;
  readonly mail: string;
}

export interface StoredCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity & { readonly date: string };
  readonly committer: Identity & { readonly date: string };
  readonly message: string;
}

/** One path of a new tree: content of its own, an object that exists, or gone. */
export type TreeChange =
  | { readonly path: string; readonly mode: string; readonly content: Buffer }
  | { readonly path: string; readonly mode: string; readonly object: string }
  | { readonly path: string; readonly gone: true };

export interface StoredEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** Comparison of two commits as the compare API tells it. */
export interface Comparison {
  readonly ahead: readonly string[];
  readonly behind: number;
  readonly mergeBase: string | null;
}

export interface GitStore {
  readRef(ref: string): Promise<string | null>;
  /** A true compare-and-swap: `stale` when the ref is not at `from` (null: must not exist). */
  moveRef(ref: string, to: string, from: string | null): Promise<'moved' | 'stale'>;
  typeOf(object: string): Promise<string | null>;
  readCommit(sha: string): Promise<StoredCommit | null>;
  readBlob(sha: string): Promise<Buffer>;
  readTree(sha: string, depth: 'one-level' | 'recursive'): Promise<readonly StoredEntry[]>;
  writeBlob(content: Buffer): Promise<string>;
  writeTree(base: string | null, changes: readonly TreeChange[]): Promise<string>;
  writeCommit(request: {
    tree: string;
    parents: readonly string[];
    message: string;
    author: Identity;
    committer: Identity;
  }): Promise<string>;
  /** A commit of changes onto a parent, in one process however many files it has. */
  writeChanges(request: {
    parent: string;
    changes: readonly TreeChange[];
    message: string;
    author: Identity;
    committer: Identity;
  }): Promise<string>;
  /** The tree of a merge; null for a conflict. */
  mergeTrees(ours: string, theirs: string): Promise<string | null>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  compare(base: string, head: string): Promise<Comparison>;
}

/**
 * The objects and refs of a bare repository through the git command, asynchronous throughout: a synchronous git client
 * against a server of the same process would wait for itself.
 */
export function openStore(directory: string): GitStore {
  const run = (args: readonly string[], options: RunOptions = {}): Promise<Ran> => runGit(directory, args, options);
  const text = async (args: readonly string[], options: RunOptions = {}): Promise<string> => {
    const ran = await run(args, options);
    if (ran.code !== 0) throw new Error(`git ${args[0] ?? ''} failed: ${ran.stderr}`);
    return ran.stdout.toString().trim();
  };
  const importCommit = async (script: Buffer[], ref: string): Promise<string> => {
    const sha = await text(['fast-import', '--quiet', '--done'], { input: Buffer.concat(script) });
    await text(['update-ref', '-d', ref]);
    return sha;
  };
  // Two updates of one ref at a time would fail on its lock file instead of on its value.
  let turn: Promise<unknown> = Promise.resolve();

  return {
    readRef: async (ref) => {
      const ran = await run(['show-ref', '--verify', '--hash', '--', ref]);
      return ran.code === 0 ? ran.stdout.toString().trim() : null;
    },
    moveRef: (ref, to, from) => {
      const moved = turn.then(async () => {
        const ran = await run(['update-ref', ref, to, from ?? '0'.repeat(to.length)]);
        if (ran.code === 0) return 'moved';
        if (/but expected|reference already exists|unable to resolve reference/.test(ran.stderr)) return 'stale';
        throw new Error(ran.stderr);
      });
      turn = moved.catch(() => undefined);
      return moved;
    },
    typeOf: async (object) => {
      const ran = await run(['cat-file', '-t', object]);
      return ran.code === 0 ? ran.stdout.toString().trim() : null;
    },
    readCommit: async (sha) => {
      const ran = await run(['cat-file', 'commit', sha]);
      return ran.code === 0 ? parseCommit(sha, ran.stdout.toString()) : null;
    },
    readBlob: async (sha) => (await run(['cat-file', 'blob', sha])).stdout,
    readTree: async (sha, depth) => {
      const ran = await run(['ls-tree', '-z', '-l', ...(depth === 'recursive' ? ['-r', '-t'] : []), sha]);
      return ran.stdout
        .toString()
        .split('\0')
        .filter((line) => line !== '')
        .map(parseEntry);
    },
    writeBlob: (content) => text(['hash-object', '-w', '--stdin'], { input: content }),
    writeTree: async (base, changes) => {
      const ref = temporaryRef();
      const head = commitScript({ ref, message: 'tree', author: nobody, committer: nobody });
      const root = base === null ? [] : [Buffer.from(`M 040000 ${base} ""\n`)];
      const commit = await importCommit([...head, ...root, ...changes.flatMap(changeScript), end], ref);
      return text(['rev-parse', `${commit}^{tree}`]);
    },
    writeCommit: ({ tree, parents, message, author, committer }) =>
      text(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'], {
        input: Buffer.from(message),
        env: {
          GIT_AUTHOR_NAME: author.name,
          GIT_AUTHOR_EMAIL: author.mail,
          GIT_COMMITTER_NAME: committer.name,
          GIT_COMMITTER_EMAIL: committer.mail,
        },
      }),
    writeChanges: ({ parent, changes, message, author, committer }) => {
      const ref = temporaryRef();
      const head = commitScript({ ref, message, author, committer });
      const from = Buffer.from(`from ${parent}\n`);
      return importCommit([...head, from, ...changes.flatMap(changeScript), end], ref);
    },
    mergeTrees: async (ours, theirs) => {
      const ran = await run(['merge-tree', '--write-tree', ours, theirs]);
      if (ran.code === 1) return null;
      if (ran.code !== 0) throw new Error(`git merge-tree failed: ${ran.stderr}`);
      return ran.stdout.toString().split('\n')[0] ?? null;
    },
    isAncestor: async (ancestor, descendant) =>
      (await run(['merge-base', '--is-ancestor', ancestor, descendant])).code === 0,
    compare: async (base, head) => {
      const lines = async (range: string): Promise<string[]> =>
        (await text(['rev-list', '--reverse', range])).split('\n').filter((line) => line !== '');
      const mergeBase = await run(['merge-base', base, head]);
      return {
        ahead: await lines(`${base}..${head}`),
        behind: (await lines(`${head}..${base}`)).length,
        mergeBase: mergeBase.code === 0 ? mergeBase.stdout.toString().trim() : null,
      };
    },
  };
}

const nobody: Identity = { name: 'nobody', mail: 'nobody@localhost' };
/** The mark's id goes to standard output. */
const end = Buffer.from('\nget-mark :1\ndone\n');

let temporaryRefs = 0;

/** fast-import writes commits to refs only; this one is gone again when it has. */
function temporaryRef(): string {
  temporaryRefs += 1;
  return `refs/stand-in/${process.pid}-${temporaryRefs}`;
}

function commitScript(commit: { ref: string; message: string; author: Identity; committer: Identity }): Buffer[] {
  const now = Math.floor(Date.now() / 1000);
  const message = Buffer.from(commit.message);
  const person = ({ name, mail }: Identity): string => `${name} <${mail}> ${now} +0000`;
  return [
    Buffer.from(`commit ${commit.ref}\nmark :1\nauthor ${person(commit.author)}\n`),
    Buffer.from(`committer ${person(commit.committer)}\ndata ${message.length}\n`),
    message,
    Buffer.from('\n'),
  ];
}

function changeScript(change: TreeChange): Buffer[] {
  const path = `"${change.path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  if ('gone' in change) return [Buffer.from(`D ${path}\n`)];
  if ('object' in change) return [Buffer.from(`M ${change.mode} ${change.object} ${path}\n`)];
  const head = Buffer.from(`M ${change.mode} inline ${path}\ndata ${change.content.length}\n`);
  return [head, change.content, Buffer.from('\n')];
}

function parseCommit(sha: string, raw: string): StoredCommit {
  const split = raw.indexOf('\n\n');
  const headers = raw.slice(0, split).split('\n');
  const all = (name: string): string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const person = (line = ''): StoredCommit['author'] => {
    const {
      name = '',
      mail = '',
      seconds = '0',
    } = /^(?<name>.*) <(?<mail>.*)> (?<seconds>\d+) /.exec(line)?.groups ?? {};
    return { name, mail, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
  };
  return {
    sha,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: person(all('author')[0]),
    committer: person(all('committer')[0]),
    message: raw.slice(split + 2).replace(/\n$/, ''),
  };
}

function parseEntry(line: string): StoredEntry {
  const tab = line.indexOf('\t');
  const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/);
  const entry = { path: line.slice(tab + 1), mode, type, sha };
  return size === '-' ? entry : { ...entry, size: Number(size) };
}

interface RunOptions {
  readonly input?: Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

interface Ran {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function runGit(directory: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', directory, ...args], {
      env: { ...Object.fromEntries(inherited), LC_ALL: 'C', ...options.env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.end(options.input ?? Buffer.alloc(0));
  });
}
