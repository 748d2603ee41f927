import { nearest } from './nearest.js';

/** The names that a condition can use, and what its patterns stand for. */
export interface SelectionNames {
  readonly all: ReadonlySet<string>;
  /** All that do not begin with `_` (sigma.md §4). */
  readonly them: () => readonly string[] | 'too-many';
  /** `*` stands for any run of characters; a text without it is one name. */
  readonly matching: (pattern: string) => readonly string[] | 'too-many';
  /** ` Did you mean x*?` for a pattern that fits nothing, or nothing. */
  readonly nearestPattern: (pattern: string) => string;
}

// A condition of a thousand patterns over a thousand selections is made to be slow.
const MOST_COMPARISONS = 1_000_000;

export function selectionNames(names: Iterable<string>): SelectionNames {
  const all = new Set(names);
  const known = new Map<string, readonly string[]>();
  let comparisons = 0;
  const find = (key: string, fits: (name: string) => boolean): readonly string[] | 'too-many' => {
    const before = known.get(key);
    if (before !== undefined) return before;
    comparisons += all.size;
    if (comparisons > MOST_COMPARISONS) return 'too-many';
    const found = [...all].filter(fits);
    known.set(key, found);
    return found;
  };
  return {
    all,
    // No word of a condition holds a blank.
    them: () => find(' them', (name) => !name.startsWith('_')),
    matching: (pattern) => {
      if (!pattern.includes('*')) return all.has(pattern) ? [pattern] : [];
      const runs = pattern.split(/\*+/);
      return find(runs.join('*'), (name) => fitsRuns(name, runs));
    },
    nearestPattern: (pattern) => {
      const runs = pattern.split(/\*+/);
      const [prefix = '', ...rest] = runs;
      if (prefix === '' || rest.join('') !== '') return '';
      const near = nearest(prefix, new Set([...all].map((name) => name.slice(0, prefix.length))));
      return near === undefined ? '' : ` Did you mean \`${near}*\`?`;
    },
  };
}

/** Whether a name is the runs in order, with anything between them. */
function fitsRuns(name: string, runs: readonly string[]): boolean {
  const first = runs[0] ?? '';
  const last = runs.at(-1) ?? '';
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const run of runs.slice(1, -1)) {
    const found = name.indexOf(run, at);
    if (found < 0) return false;
    at = found + run.length;
  }
  return at <= name.length - last.length;
}
