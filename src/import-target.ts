import type { Buffer } from 'node:buffer';
import { readClaims } from './detections/claims.js';
import { readDetections } from './detections/read-detections.js';
import { parseRoots } from './detections/roots.js';
import type { FileSource, ReadDetections, TargetKey } from './detections/types.js';
import { communityOf, rulesToRead, withoutFiles } from './import/choose-rules.js';
import type { Community, Files } from './import/choose-rules.js';
import { fileNames } from './import/file-names.js';
import { makePair } from './import/make-pair.js';
import { folderOf, inTheWay, noFolder, placesOn, stemIn } from './import/place-files.js';
import type { Folder } from './import/place-files.js';
import type { NotImported, Pair, ReadBack } from './import/types.js';
import { differences } from './plan/compare.js';
import { makePlan } from './plan/make-plan.js';
import type { Sekoia } from './sekoia/client.js';
import type { Rule, RuleUuid } from './sekoia/types.js';
import { decodeText } from './sigma/decode-text.js';
import type { CheckRule } from './sigma/lint/severities.js';

/** Which rules are imported, and for whom. */
export interface ImportFrom {
  readonly sekoia: Pick<Sekoia, 'survey'>;
  /** Null: the run has one community, and files have `uuid`. */
  readonly target: TargetKey | null;
  /** Lines of the `detections` input; new files go to the folder of the first that takes them. */
  readonly roots: readonly string[];
  /** What the input `checks` wants. */
  readonly checks: readonly CheckRule[];
}

/** The rules that have no files yet, as files. */
export interface Imported {
  readonly pairs: readonly Pair[];
  /** Those of the community's own that stay without. */
  readonly others: readonly NotImported[];
  /** The files that have rules of the community already. */
  readonly claims: Files['claims'];
}

/**
 * Reads the community's own rules in one listing; those that have files are not asked for.
 *
 * @throws SekoiaError when the list cannot be read to its end.
 */
export async function readCommunity({ sekoia }: ImportFrom, { claims }: Pick<Files, 'claims'>): Promise<Community> {
  const isClaimed = (uuid: RuleUuid): boolean => claims.has(uuid);
  return communityOf(await sekoia.survey((rows) => rulesToRead(rows, isClaimed)), isClaimed);
}

/** What the files below the roots say of rules. @param waiting what is on its way to the branch. */
export async function readFiles(
  { roots, target }: Pick<ImportFrom, 'roots' | 'target'>,
  source: FileSource,
  waiting: Files['claims'],
): Promise<Files> {
  const { byUuid, byName } = await readClaims({ source, roots, target });
  const having = new Set([...byUuid.values(), ...waiting.values()].flat());
  const nameless = new Map(
    [...byName].flatMap(([name, paths]) => {
      const without = paths.filter((path) => !having.has(path));
      return without.length === 0 ? [] : [[name, without] as const];
    }),
  );
  return { claims: new Map([...waiting, ...byUuid]), nameless };
}

/**
 * Pairs of files for the rules that the source has none for. Nothing that is there is written over, and what is made does
 * not depend on the order of the rules.
 *
 * @throws ImportError when there is no folder for new files.
 */
export async function makeImports(
  from: ImportFrom,
  community: Community,
  on: { readonly source: FileSource; readonly waiting: Files['claims'] },
): Promise<Imported> {
  const files = await readFiles(from, on.source, on.waiting);
  const { rules, others } = withoutFiles(community, files);
  const left = [...community.others, ...others];
  if (rules.length === 0) return { pairs: [], others: left, claims: files.claims };
  const folder = await folderForNew(from.roots, on.source);
  const names = fileNames(
    rules.map(({ uuid, write: { name } }) => ({ uuid, name })),
    folder.taken,
  );
  const pairs: Pair[] = [];
  for (const rule of rules) {
    const stem = stemIn(folder, names.get(rule.uuid) ?? rule.uuid);
    const readBack = (pair: Pair): Promise<ReadBack> => readPairBack(from, pair);
    const made = await makePair(rule, stem, { target: from.target, readBack });
    if (made.kind === 'pair') pairs.push(made.pair);
    else left.push(made.rule);
  }
  return { pairs, others: left, claims: files.claims };
}

async function folderForNew(lines: readonly string[], source: FileSource): Promise<Folder> {
  const roots = parseRoots(lines);
  const path = roots.written
    .flatMap((line) => parseRoots([line]).folders)
    .find((each) => roots.includes([stemIn({ path: each, taken: new Set() }, 'name.json')]));
  if (path === undefined) throw noFolder(roots.written);
  const [place] = await source.find(placesOn(path));
  if (place !== undefined) throw inTheWay(place.path);
  const files = await source.list([path]);
  return folderOf(
    path,
    files.map((file) => file.path),
  );
}

/** As a run that looks at everything would read and plan it. Whether detections have to have tests is for people to see to. */
async function readPairBack({ roots, target, checks }: ImportFrom, pair: Pair): Promise<ReadBack> {
  const { rule } = pair;
  if (
    decodeText(pair.pattern).text !== withoutByteOrderMark(rule.write.payload) &&
    !rule.write.payload.includes('\0')
  ) {
    const reason = 'its pattern holds half a character (a lone surrogate), which no text file can';
    return { kind: 'different', reason, help: 'Correct the pattern in Sekoia, and run the import again.' };
  }
  const read = await readDetections({
    source: sourceOf(pair),
    roots,
    checks,
    changes: EVERYTHING,
    target,
    targets: target === null ? null : [target],
  });
  const [only] = read.detections;
  if (only === undefined) {
    const reason = `the input \`detections\` takes ${pair.path} out`;
    return { kind: 'different', reason, help: 'Change its lines with `!`, or write the files elsewhere by hand.' };
  }
  return only.kind === 'faulty' ? { kind: 'errors', errors: only.errors } : planned(read, rule);
}

function planned({ detections, claims }: ReadDetections, rule: Rule): ReadBack {
  const [operation] = makePlan(
    { detections, claims, removed: [], formerNames: new Map(), returned: new Set(), policy: POLICY },
    { byUuid: new Map([[rule.uuid, { kind: 'found', value: rule }]]), byName: new Map() },
  ).operations;
  if (operation?.kind === 'unchanged') return { kind: 'unchanged' };
  const obstacle = operation?.kind === 'blocked' ? operation.obstacle : null;
  if (obstacle !== null) return { kind: 'different', reason: obstacle.message, help: obstacle.help };
  const fields = operation?.kind === 'update' ? differences(rule.write, operation.body) : [];
  const named = fields.map(({ field }) => (field === 'payload' ? 'its pattern' : `\`${field}\``)).join(', ');
  const reason = `files cannot say the same of ${named === '' ? 'it' : named}`;
  return { kind: 'different', reason, help: 'Correct it in Sekoia and run the import again.' };
}

const EVERYTHING = { scope: 'all', reason: 'mode is import', since: null } as const;
const POLICY = { adopt: 'never', onMissing: 'fail', onRemoved: 'keep', maxRemovals: 0 } as const;

function withoutByteOrderMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}

/** Two files that are nowhere yet. */
function sourceOf({ path, metadata, patternPath, pattern }: Pair): FileSource {
  const contents: ReadonlyMap<string, Buffer> = new Map([
    [path, metadata],
    [patternPath, pattern],
  ]);
  const files = Array.from(contents, ([each, { length }]) => ({ path: each, kind: 'file' as const, size: length }));
  return {
    list: () => Promise.resolve(files),
    find: (paths) => Promise.resolve(files.filter((file) => paths.includes(file.path))),
    read: (wanted) =>
      Promise.resolve(new Map([...contents].filter(([each]) => wanted.some((file) => file.path === each)))),
  };
}
