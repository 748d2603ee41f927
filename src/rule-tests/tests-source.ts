import { isScalar } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { shorten } from '../text.js';
import type { YamlReading } from '../sigma/read-yaml.js';
import { membersOf } from './node-values.js';
import type { Member } from './node-values.js';
import type { Place, TestProblem } from './types.js';

/** The text being read, and what was found wrong with it. */
export interface Source {
  readonly reading: YamlReading;
  readonly problems: TestProblem[];
  readonly report: (at: Node | number, message: string, help: string) => void;
  readonly placeOf: (node: Node) => Place;
}

export function sourceOf(reading: YamlReading): Source {
  const problems: TestProblem[] = [];
  const place = (offset: number): Place => ({ offset, ...reading.position(offset) });
  return {
    reading,
    problems,
    placeOf: (node) => place(offsetOf(node)),
    report: (at, message, help) => {
      const where = place(typeof at === 'number' ? at : offsetOf(at));
      problems.push({ ...where, code: 'test-syntax', severity: 'error', message, help });
    },
  };
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** The members of a map by name; a key that is none of the known ones is a problem. */
export function knownMembers(
  map: YAMLMap,
  known: readonly string[],
  what: string,
  source: Source,
): ReadonlyMap<string, Member> {
  const members = membersOf(map, source.reading.targets);
  for (const { name, key } of members) {
    if (known.includes(name)) continue;
    const keys = known.map((each) => `\`${each}\``).join(', ');
    source.report(key, `${quoted(name)} is no key of ${what}.`, `The keys are ${keys}.`);
  }
  return new Map(members.map((member) => [member.name, member]));
}

/** The text of a scalar that is text. */
export function textIn(node: Node | null): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

export function quoted(text: string): string {
  return `\`${shorten(text, 80)}\``;
}
