import { pattern } from '../support/detections.js';
import type { ServedRule } from '../support/sekoia/shapes.js';
import type { Site } from '../support/site.js';
import { filesOf, uuidIn } from './person.js';
import type { Person, Wanted } from './person.js';
import { readTree } from './read-tree.js';

/** What must hold after any run that says all is well, and after the run that follows a failed one. */
export interface Promised {
  readonly person: Person;
  readonly onRemoved: 'disable' | 'delete';
  /** Rules of others, by UUID, as they were. */
  readonly others: ReadonlyMap<string, string>;
  /** Rules that a failed run told of by UUID, so that a person can see to them: allowed to be left over. */
  readonly reported: (uuid: string) => boolean;
}

/**
 * Everything that is not as promised, in words; empty when all is well. Promised is: each detection on the branch is one
 * rule, its UUID is in the file, the file is otherwise as its author wrote it, the rule is as the file says; each removed
 * one is disabled (or deleted); nothing else was touched.
 */
export async function problemsOf({ sekoia, repository }: Site, promised: Promised): Promise<readonly string[]> {
  const tree = await readTree(repository, 'main');
  const custom = new Map(sekoia.customRules().map((rule) => [rule.uuid, rule]));
  const problems: string[] = [];
  const claimed = new Map<string, string>();
  for (const [stem, wanted] of promised.person.wanted) {
    problems.push(...problemsOfDetection(stem, wanted, tree, custom));
    const uuid = uuidIn(tree.get(`${stem}.json`));
    if (uuid === null) continue;
    if (claimed.has(uuid)) problems.push(`${stem} and ${claimed.get(uuid) ?? ''} hold one UUID`);
    claimed.set(uuid, stem);
  }
  problems.push(...problemsOfFiles(promised.person, tree));
  problems.push(...problemsOfRemoved(promised, claimed, custom));
  for (const [uuid, text] of promised.others) {
    if (textOf(sekoia.rules.get(uuid)) !== text) problems.push(`rule ${uuid} of others was touched`);
  }
  for (const rule of sekoia.rules.values()) {
    if (rule.verified && !promised.others.has(rule.uuid)) problems.push(`verified rule ${rule.uuid} is new`);
  }
  const removed = new Set(promised.person.removed.map(({ uuid }) => uuid));
  for (const { uuid, name } of custom.values()) {
    if (claimed.has(uuid) || promised.others.has(uuid) || removed.has(uuid) || promised.reported(uuid)) continue;
    problems.push(`rule ${uuid} "${name}" stands for no file`);
  }
  return problems;
}

/** The rules that are there and belong to nobody here. */
export function rulesOfOthers({ sekoia }: Site, ours: ReadonlySet<string>): ReadonlyMap<string, string> {
  const others = [...sekoia.rules.values()].filter(({ uuid }) => !ours.has(uuid));
  return new Map(others.map((rule) => [rule.uuid, textOf(rule)]));
}

function problemsOfDetection(
  stem: string,
  wanted: Wanted,
  tree: ReadonlyMap<string, string>,
  custom: ReadonlyMap<string, ServedRule>,
): readonly string[] {
  const text = tree.get(`${stem}.json`);
  if (text === undefined) return [`${stem}.json is not on the branch`];
  const uuid = uuidIn(text);
  if (uuid === null) {
    const named = [...custom.values()].filter(({ name }) => name === wanted.name).length;
    return [`${stem} has no UUID on the branch; ${named} rules have its name`];
  }
  const files = filesOf(wanted, uuid);
  const problems: string[] = [];
  if (text !== files['.json'] || tree.get(`${stem}_sigma.yml`) !== files['_sigma.yml']) {
    problems.push(`the files of ${stem} are not as their author wrote them`);
  }
  const rule = custom.get(uuid);
  if (rule === undefined) return [...problems, `${stem} has the UUID ${uuid}, and there is no such rule`];
  const { name, severity, enabled, payload } = rule;
  const is = { name, severity, enabled, payload };
  const should = { ...wanted, payload: pattern(wanted.process) };
  for (const key of ['name', 'severity', 'enabled', 'payload'] as const) {
    if (is[key] !== should[key]) {
      problems.push(`the ${key} of ${stem} is ${JSON.stringify(is[key])} instead of ${JSON.stringify(should[key])}`);
    }
  }
  return problems;
}

function problemsOfFiles({ wanted }: Person, tree: ReadonlyMap<string, string>): readonly string[] {
  return [...tree.keys()].flatMap((path) => {
    const stem = /^(detections\/.*?)(?:_sigma\.yml|\.json)$/su.exec(path)?.[1];
    return stem === undefined || wanted.has(stem) ? [] : [`${path} is on the branch and should not be`];
  });
}

function problemsOfRemoved(
  { person, onRemoved }: Promised,
  claimed: ReadonlyMap<string, string>,
  custom: ReadonlyMap<string, ServedRule>,
): readonly string[] {
  return person.removed.flatMap(({ uuid, name }) => {
    if (uuid === null || claimed.has(uuid)) return [];
    const rule = custom.get(uuid);
    if (onRemoved === 'delete') return rule === undefined ? [] : [`the rule of "${name}", removed, is still there`];
    if (rule === undefined) return [`the rule of "${name}", removed, was deleted`];
    return rule.enabled ? [`the rule of "${name}", removed, is still enabled`] : [];
  });
}

function textOf(rule: ServedRule | undefined): string {
  return JSON.stringify(rule ?? null);
}
