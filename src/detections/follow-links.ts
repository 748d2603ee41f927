import { posix } from 'node:path';
import type { FileSource, SourceFile } from './types.js';

/** Where a pattern, tests file or event file that is a symbolic link leads. */
export type LinkTarget =
  | {
      readonly kind: 'file';
      readonly file: SourceFile;
      /** Every path on the way, the file's too. */ readonly via: readonly string[];
    }
  | { readonly kind: 'outside' | 'broken'; readonly target: string; readonly via: readonly string[] };

const MOST_HOPS = 5;

interface Walk {
  readonly link: SourceFile;
  readonly at: SourceFile;
  readonly via: readonly string[];
}

/**
 * Follows the links inside the repository, by the text of their targets and never through the file system: a link that
 * leaves the repository would send a file of the runner to the platform. All links take each hop together, so that the
 * source is asked a few times in all.
 */
export async function followLinks(
  source: FileSource,
  links: readonly SourceFile[],
): Promise<ReadonlyMap<string, LinkTarget>> {
  const found = new Map<string, LinkTarget>();
  let walks: readonly Walk[] = links.map((link) => ({ link, at: link, via: [] }));
  for (let hop = 0; walks.length > 0; hop += 1) {
    const texts = await source.read(walks.map(({ at }) => at));
    const steps = walks.map((walk) => ({ ...walk, text: (texts.get(walk.at.path) ?? '').toString() }));
    const next = new Map(steps.map((step) => [step.link.path, targetOf(step.at.path, step.text)]));
    const files = await source.find([...new Set([...next.values()].filter((path) => path !== undefined))]);
    const byPath = new Map(files.map((file) => [file.path, file]));
    const onwards: Walk[] = [];
    for (const { link, via, text } of steps) {
      const path = next.get(link.path);
      const file = path === undefined ? undefined : byPath.get(path);
      const passed = path === undefined ? via : [...via, path];
      if (path === undefined) found.set(link.path, { kind: 'outside', target: text, via: passed });
      else if (file?.kind === 'file') found.set(link.path, { kind: 'file', file, via: passed });
      else if (file?.kind === 'link' && hop + 1 < MOST_HOPS) onwards.push({ link, at: file, via: passed });
      else found.set(link.path, { kind: 'broken', target: text, via: passed });
    }
    walks = onwards;
  }
  return found;
}

/** The repository path that a link's text leads to; undefined when that is outside. */
function targetOf(link: string, text: string): string | undefined {
  if (text === '' || text.startsWith('/') || /^[a-z]:/i.test(text) || text.startsWith('\\')) return undefined;
  const path = posix.normalize(posix.join(posix.dirname(link), text)).replace(/\/$/, '');
  return path === '..' || path.startsWith('../') || /^\.git(?:\/|$)/i.test(path) ? undefined : path;
}
