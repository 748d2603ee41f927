import { distance } from 'fastest-levenshtein';
import type { AlertType } from './alert-types.js';

export type FoundAlertType =
  | { readonly kind: 'found'; readonly uuid: string }
  /** The names that are spelled most alike, the nearest first; none when none is near. */
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] }
  /** Several have the name, or the one that has it comes without a UUID. */
  | { readonly kind: 'ambiguous'; readonly among: readonly AlertType[] };

/**
 * The type of a name: `category/value`, or the value alone where only one category has it. Category and value may be
 * written as slugs or as the web app shows them: letter case, blanks and signs make no difference (how the platform gets
 * the one from the other is not documented, sekoia-api.md §5.1), so `c&c` and `c-c` are the same.
 */
export function findAlertType(types: readonly AlertType[], written: string): FoundAlertType {
  const { category, value } = partsOf(written);
  const inCategory = types.filter((type) => category === null || slugOf(type.category ?? '') === category);
  const named = inCategory.filter((type) => slugOf(type.value) === value);
  const found = named.length > 0 ? named : inCategory.filter(({ detail }) => detail !== '' && slugOf(detail) === value);
  const uuids = [...new Set(found.map(({ uuid }) => uuid))];
  const [uuid] = uuids;
  if (uuid === undefined) return { kind: 'unknown', nearest: nearestTo(types, category, value) };
  return uuids.length === 1 && uuid !== null ? { kind: 'found', uuid } : { kind: 'ambiguous', among: found };
}

/** The name to write for a type: `category/value`; the value alone where the platform tells no category. */
export function nameOfType({ category, value }: Pick<AlertType, 'category' | 'value'>): string {
  // Signs stay, as in `c&c`; blanks and capitals do not belong into a slug.
  const plain = /^[\p{Ll}\p{N}&.+-]+$/u.test(value) ? value : slugOf(value);
  return category === null ? plain : `${slugOf(category)}/${plain}`;
}

/** A name that leads to the type of a UUID; null when none leads to it alone. */
export function nameOfUuid(types: readonly AlertType[], uuid: string): string | null {
  const wanted = uuid.trim().toLowerCase();
  const names = types.filter((type) => type.uuid === wanted).map(nameOfType);
  return (
    names.find((name) => {
      const found = findAlertType(types, name);
      return found.kind === 'found' && found.uuid === wanted;
    }) ?? null
  );
}

/** Lower case, with a hyphen for whatever stands between letters and digits. A name of signs alone stays as it is. */
export function slugOf(text: string): string {
  const lower = text.normalize('NFKC').trim().toLowerCase();
  return lower.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || lower;
}

interface Parts {
  readonly category: string | null;
  readonly value: string;
}

function partsOf(written: string): Parts {
  const slash = written.indexOf('/');
  if (slash < 0) return { category: null, value: slugOf(written) };
  return { category: slugOf(written.slice(0, slash)), value: slugOf(written.slice(slash + 1)) };
}

/** Longer names than any are not looked at to their end. */
const LONGEST = 100;

function nearestTo(types: readonly AlertType[], category: string | null, value: string): readonly string[] {
  const steps = new Map<string, number>();
  for (const type of types) {
    const [own, its] = [slugOf(type.value), slugOf(type.category ?? '')];
    // The right value in a wrong category is the nearest there is.
    const near = own === value ? 0 : stepsBetween(value, own) + (category === null ? 0 : stepsBetween(category, its));
    const name = nameOfType(type);
    if (Number.isFinite(near)) steps.set(name, Math.min(near, steps.get(name) ?? near));
  }
  return [...steps]
    .sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1))
    .slice(0, 3)
    .map(([name]) => name);
}

/** How many letters differ; infinite where that is more than a typing error. */
function stepsBetween(written: string, own: string): number {
  const [one, other] = [written.slice(0, LONGEST), own.slice(0, LONGEST)];
  const steps = distance(one, other);
  return steps <= Math.max(2, Math.floor(one.length / 3)) ? steps : Infinity;
}
