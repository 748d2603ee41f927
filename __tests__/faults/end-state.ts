import type { ActionRun } from '../support/runner.js';
import type { ServedRule } from '../support/sekoia/shapes.js';
import type { Site } from '../support/site.js';
import { readBranch, readPast } from './branch-content.js';
import type { BranchDetection } from './branch-content.js';

/** What the end is measured by. */
export interface Start {
  /** Rules that no file of the branch ever had, as they stood before; they have to stand so still. */
  readonly others: ReadonlyMap<string, string>;
  /** Those that were gone on the platform before. */
  readonly gone: ReadonlySet<string>;
  readonly onRemoved: 'disable' | 'delete';
}

/**
 * What is wrong with platform and branch, in words; nothing when all is well. One rule a detection, its UUID on the
 * branch, its content the branch's, and no other rule touched. Two rules of one detection are let pass when a failed run
 * named both.
 */
export async function endState(site: Site, start: Start, runs: readonly ActionRun[]): Promise<readonly string[]> {
  const detections = await readBranch(site.repository);
  const past = await readPast(site.repository);
  const { rules } = site.sekoia;
  const failedLogs = runs.filter(({ exitCode }) => exitCode !== 0).map(({ log }) => log);
  const isReported = (...uuids: readonly string[]): boolean =>
    failedLogs.some((log) => uuids.every((uuid) => log.includes(uuid)));
  const claimed = new Set(detections.flatMap(({ uuid }) => uuid ?? []));
  const problems = past.foreignLines.map((line) => `a write-back changed more than UUIDs: ${line}`);

  const spare = [...rules.values()].filter(
    ({ uuid }) => !claimed.has(uuid) && !start.others.has(uuid) && !past.uuids.has(uuid),
  );
  const allowed = new Set<string>();
  for (const detection of detections) {
    const name = String(detection.metadata['name']);
    const doubles = spare.filter((rule) => rule.name === name).map(({ uuid }) => uuid);
    const all = detection.uuid === null ? doubles : [detection.uuid, ...doubles];
    const isAllowed = all.length > 1 && isReported(...all);
    if (isAllowed) for (const uuid of doubles) allowed.add(uuid);
    if (!isAllowed || detection.uuid !== null) problems.push(...problemsOf(detection, rules));
  }
  for (const { uuid, name, enabled } of spare) {
    if (!allowed.has(uuid)) problems.push(`rule ${uuid} "${name}" (${enabled ? 'enabled' : 'disabled'}) is no file's`);
  }
  if (claimed.size < detections.filter(({ uuid }) => uuid !== null).length) problems.push('two files have one UUID');
  for (const uuid of past.uuids) {
    if (claimed.has(uuid) || start.gone.has(uuid)) continue;
    const rule = rules.get(uuid);
    if (start.onRemoved === 'delete' ? rule !== undefined : rule?.enabled !== false) {
      problems.push(`rule ${uuid} of a removed detection is ${rule === undefined ? 'deleted' : stateOf(rule)}`);
    }
  }
  for (const [uuid, text] of start.others) {
    if (!claimed.has(uuid) && JSON.stringify(rules.get(uuid)) !== text) problems.push(`other rule ${uuid} was touched`);
  }
  return problems;
}

function stateOf({ enabled }: ServedRule): string {
  return enabled ? 'enabled' : 'disabled';
}

function problemsOf(
  { stem, uuid, metadata, pattern }: BranchDetection,
  rules: ReadonlyMap<string, ServedRule>,
): readonly string[] {
  if (uuid === null) return [`${stem} has no UUID on the branch`];
  const rule = rules.get(uuid);
  if (rule === undefined) return [`${stem} names rule ${uuid}, which is not there`];
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['name', metadata['name'], rule.name],
    ['severity', metadata['severity'], rule.severity],
    ['effort', metadata['effort'], rule.effort],
    ['alert type', metadata['alert_type_uuid'], rule.alert_type.uuid],
    ['pattern', pattern, rule.payload],
    ['enabled', true, rule.enabled],
  ];
  return pairs
    .filter(([, wanted, held]) => wanted !== held)
    .map(([what, wanted, held]) => `${stem}: ${what} is ${JSON.stringify(wanted)}, the rule's ${JSON.stringify(held)}`);
}
