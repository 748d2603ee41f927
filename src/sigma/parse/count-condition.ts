import { isMap, isScalar } from 'yaml';
import { entriesOf } from './maps.js';
import type { MapEntry } from './maps.js';
import type { Source } from './source.js';
import type { CountCondition, Place } from './types.js';

const HELP = 'Write exactly one of `gte: N` (N or more) and `gt: N` (more than N).';

/** `condition` of a count: exactly one of `gt` and `gte` (sigma.md §8); Sigma 2 keeps the `field` beside it. */
export function readCountCondition(
  entry: MapEntry | undefined,
  type: string,
  at: Place,
  source: Source,
): CountCondition | undefined {
  if (entry === undefined) {
    source.report('correlation-key', at, `A correlation of type ${type} needs a \`condition\`.`, HELP);
    return undefined;
  }
  const fault = (place: Place, message: string): CountCondition | undefined => {
    source.report('correlation-condition', place, message, HELP);
    return undefined;
  };
  if (!isMap(entry.value)) {
    return fault(source.placeOf(entry.value ?? entry.key), 'The condition of a correlation has to be a map.');
  }
  const operators = entriesOf(entry.value, source.reading.targets).filter(({ key }) => key.source !== 'field');
  const foreign = operators.find(({ key }) => key.source !== 'gt' && key.source !== 'gte');
  if (foreign !== undefined) {
    return fault(source.placeOf(foreign.key), `\`${foreign.key.source ?? ''}\` is not supported in this condition.`);
  }
  const [only, second] = operators;
  if (only === undefined) return fault(source.placeOf(entry.key), 'The condition says no number.');
  if (second !== undefined) return fault(source.placeOf(second.key), 'The condition says two numbers.');
  return readCount(only, source, fault);
}

function readCount(
  { key, value: node }: MapEntry,
  source: Source,
  fault: (place: Place, message: string) => CountCondition | undefined,
): CountCondition | undefined {
  const operator = source.word(key);
  if (!isScalar(node)) return fault(operator.place, `\`${operator.text}\` has no number.`);
  const value = source.value(node);
  if (!/^\d+$/.test(value.text ?? '')) {
    return fault(value.place, `\`${value.written.slice(0, 60)}\` is no whole number of 0 or more.`);
  }
  return { operator, value, atLeast: Number(value.text) + (operator.text === 'gt' ? 1 : 0) };
}
