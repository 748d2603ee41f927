import { isMap, isScalar } from 'yaml';
import { entriesOf } from './maps.js';
import type { MapEntry } from './maps.js';
import type { Source } from './source.js';
import type { CorrelationDocument, GroupAlias } from './types.js';

const HELP = 'Write for each alias a map of rule names and fields: `aliases: {ip: {logon: source.ip}}`.';

/** `{alias: {rule: field}}` (sigma.md §8). */
export function readAliases(entry: MapEntry | undefined, source: Source): readonly GroupAlias[] {
  if (entry === undefined) return [];
  const { targets } = source.reading;
  if (!isMap(entry.value)) {
    source.report('correlation-key', source.placeOf(entry.value ?? entry.key), '`aliases` has to be a map.', HELP);
    return [];
  }
  return entriesOf(entry.value, targets).map(({ key, value }) => {
    const name = source.word(key);
    if (isMap(value)) return { name, fields: entriesOf(value, targets).flatMap((field) => readField(field, source)) };
    source.report('correlation-key', name.place, `The alias \`${name.text}\` has no map of fields.`, HELP);
    return { name, fields: [] };
  });
}

function readField({ key, value }: MapEntry, source: Source): GroupAlias['fields'] {
  const rule = source.word(key);
  if (isScalar(value) && value.source !== '') return [{ rule, field: source.word(value) }];
  source.report('correlation-key', rule.place, `No field stands behind the rule \`${rule.text}\`.`, HELP);
  return [];
}

/** An alias that groups has to say what it reads for each rule. */
export function checkAliases({ aliases, groupBy, rules }: CorrelationDocument, source: Source): void {
  const grouping = new Set(groupBy.map(({ text }) => text));
  for (const { name, fields } of aliases) {
    if (!grouping.has(name.text)) continue;
    const covered = new Set(fields.map(({ rule }) => rule.text));
    const left = rules.find(({ text }) => !covered.has(text));
    if (left === undefined) continue;
    const message = `The alias \`${name.text}\` names no field for the rule \`${left.text}\`.`;
    const help = `Add \`${left.text}: FIELD\` below \`${name.text}\`.`;
    source.report('alias-incomplete', name.place, message, help);
  }
}
