import type { Buffer } from 'node:buffer';
import { asRuleUuid } from '../sekoia/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import { findingIn, findingOn } from './check-metadata.js';
import { stemOf } from './claims.js';
import type { Claims } from './claims.js';
import { identityOf } from './identity.js';
import type { ReadCache } from './read-cache.js';
import type { MetadataText } from './read-metadata-text.js';
import { readOnce } from './read-once.js';
import { uuidIn, uuidPathIn, valueFor } from './target-values.js';
import type { Finding, TargetKey } from './types.js';

/** A file whose UUID another file has too. */
export interface DoubledUuid {
  readonly path: string;
  readonly stem: string;
  readonly name: string | null;
  readonly uuid: RuleUuid;
  readonly finding: Finding;
}

export interface Doubles {
  readonly uuids: readonly DoubledUuid[];
  /** A warning for each detection of the scope whose name another one has. */
  readonly names: readonly Finding[];
}

/**
 * Finds what two files claim and one at least is in the scope. Two files with one UUID are both wrong, whichever of them
 * the run looks at: each would undo what the other says. With one name it is adoption that could not tell them apart,
 * so drafts, which are never deployed, do not count there.
 *
 * @param stems of the scope.
 * @param contents of all metadata files, by path.
 */
export function findDoubles(
  { byUuid, byName }: Claims,
  stems: ReadonlySet<string>,
  contents: ReadonlyMap<string, Buffer>,
  { target, cache }: { readonly target: TargetKey | null; readonly cache: ReadCache },
): Doubles {
  const readFile = remembering((path) => readClaimant(path, contents, cache));
  const groupsIn = <Key>(claims: ReadonlyMap<Key, readonly string[]>, is: (file: Claimant, key: Key) => boolean) =>
    [...claims].flatMap(([key, paths]) => {
      if (!isShared(paths.map(stemOf), stems)) return [];
      const files = paths.map(readFile).filter((file) => file !== undefined && is(file, key)) as readonly Claimant[];
      return isShared(
        files.map(({ stem }) => stem),
        stems,
      )
        ? [{ key, files }]
        : [];
    });

  const uuids = groupsIn(byUuid, ({ text }, uuid) => asRuleUuid(uuidIn(text.value, target)) === uuid);
  const names = groupsIn(
    byName,
    ({ text }, name) => text.value['name'] === name && valueFor(text.value, target)['draft'] !== true,
  );
  return {
    uuids: uuids.flatMap(({ key, files }) => files.map((file) => doubledUuid(file, { uuid: key, target }, files))),
    names: names.flatMap(({ files }) =>
      files.filter(({ stem }) => stems.has(stem)).map((file) => nameTwice(file, files)),
    ),
  };
}

interface Claimant {
  readonly path: string;
  readonly stem: string;
  readonly text: MetadataText;
}

/** More than one detection, of which the run looks at one at least. */
function isShared(owners: readonly (string | undefined)[], stems: ReadonlySet<string>): boolean {
  const distinct = new Set(owners.filter((stem) => stem !== undefined));
  return distinct.size > 1 && [...distinct].some((stem) => stems.has(stem));
}

function readClaimant(path: string, contents: ReadonlyMap<string, Buffer>, cache: ReadCache): Claimant | undefined {
  const stem = stemOf(path);
  const content = contents.get(path);
  if (stem === undefined || content === undefined) return undefined;
  const text = readOnce(path, content, cache);
  return text.kind === 'read' ? { path, stem, text } : undefined;
}

function doubledUuid(
  { path, stem, text }: Claimant,
  { uuid, target }: { readonly uuid: RuleUuid; readonly target: TargetKey | null },
  files: readonly Claimant[],
): DoubledUuid {
  const keys = uuidPathIn(text.value, target);
  const words = {
    code: 'uuid-twice',
    message: `The UUID ${uuid} stands in ${others(stem, files)} too, so two files would write one rule.`,
    help: `Take \`${keys.join('.')}\` out of the file that is the copy; it gets a rule of its own when it is deployed.`,
  };
  const { name } = identityOf(text.value, target);
  return { path, stem, name, uuid, finding: findingIn(path, text, keys, words, 'error') };
}

function nameTwice({ path, stem, text }: Claimant, files: readonly Claimant[]): Finding {
  const words = {
    code: 'name-twice',
    message: `The name is that of ${others(stem, files)} too.`,
    help: 'Give each detection a name of its own: while one of them has no UUID, its rule is looked for by its name.',
  };
  return findingOn(path, text, 'name', words, 'warning');
}

function others(own: string, files: readonly Claimant[]): string {
  const paths = files.filter(({ stem }) => stem !== own).map(({ path }) => `\`${path}\``);
  const told = paths.slice(0, MOST_TOLD);
  return paths.length > told.length ? `${told.join(', ')} and ${paths.length - told.length} more` : told.join(' and ');
}

const MOST_TOLD = 5;

function remembering<Result>(work: (path: string) => Result): (path: string) => Result {
  const known = new Map<string, Result>();
  return (path) => {
    if (!known.has(path)) known.set(path, work(path));
    return known.get(path) as Result;
  };
}
