import type { RuleUuid } from '../sekoia/types.js';

/** What a file name is made of. */
export interface Named {
  readonly uuid: RuleUuid;
  readonly name: string;
}

/** File systems take 255 bytes a name; endings and a UUID come on top, and Windows counts the folders too. */
const MOST_CHARACTERS = 80;
const MOST_BYTES = 160;

/**
 * The NAME of each rule's files: its name in small letters and digits, with dashes for the rest. Where several would have
 * one, each gets the beginning of its UUID, and so does one whose NAME is taken. The order of the rules does not matter.
 *
 * @param taken `nameKey` of every NAME that there is already.
 */
export function fileNames(rules: readonly Named[], taken: ReadonlySet<string>): ReadonlyMap<RuleUuid, string> {
  const inOrder = [...rules].sort((one, other) => (one.uuid < other.uuid ? -1 : 1));
  const names = new Map<RuleUuid, string>();
  const used = new Set(taken);
  let waiting: readonly Named[] = inOrder;
  for (const spell of SPELLINGS) {
    const wanted = waiting.map((rule) => ({ rule, name: spell(rule) }));
    const times = tally(wanted.map(({ name }) => nameKey(name)));
    const settled = wanted.filter(({ name }) => times.get(nameKey(name)) === 1 && !used.has(nameKey(name)));
    for (const { rule, name } of settled) {
      names.set(rule.uuid, name);
      used.add(nameKey(name));
    }
    waiting = waiting.filter(({ uuid }) => !names.has(uuid));
  }
  for (const rule of waiting) {
    const name = firstFree(`${slugOf(rule.name)}-${rule.uuid}`, used);
    names.set(rule.uuid, name);
    used.add(nameKey(name));
  }
  return names;
}

const SPELLINGS: readonly ((rule: Named) => string)[] = [
  ({ name }) => slugOf(name),
  ({ name, uuid }) => `${slugOf(name)}-${uuid.slice(0, 8)}`,
  ({ name, uuid }) => `${slugOf(name)}-${uuid}`,
];

/** Only for names that are made to look like those of others. */
function firstFree(name: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) if (!used.has(nameKey(`${name}-${number}`))) return `${name}-${number}`;
}

/** Equal for names that some file system takes for one: letter case and the composition of letters do not count there. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/**
 * Letters and digits of any script, composed (NFC), in small letters; what is invisible is no letter here. Nothing of it
 * is a separator, a dot or a blank, so no path and no ending can come of it.
 */
function slugOf(name: string): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/(?<=^|-)\p{M}+/gu, '');
  const slug = withoutDashesAround(cut(withoutDashesAround(words)));
  if (slug === '') return 'rule';
  return RESERVED.test(slug) ? `rule-${slug}` : slug;
}

function withoutDashesAround(text: string): string {
  return text.replace(/-{2,}/g, '-').replace(/^-|-$/g, '');
}

function cut(text: string): string {
  let characters = 0;
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    characters += 1;
    bytes += Buffer.byteLength(character);
    if (characters > MOST_CHARACTERS || bytes > MOST_BYTES) break;
    kept += character;
  }
  return kept;
}

/** Windows takes these for devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/;

function tally(keys: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}
