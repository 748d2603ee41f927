import { isDeepStrictEqual } from 'node:util';
import type { AlertType } from '../sekoia/alert-types.js';
import { findAlertType, nameOfUuid } from '../sekoia/find-alert-type.js';
import { attackPatternOf, techniqueOf } from './attack-patterns.js';
import { alertTypeOf, sentValues, textsOf } from './friendly-values.js';

type Members = Readonly<Record<string, unknown>>;

export type MembersFor =
  /** Each with the value that it is to have; empty when the file says the same already. */
  | { readonly kind: 'members'; readonly members: readonly (readonly [name: string, value: unknown])[] }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The members of a metadata file that say a field of the rule, for a value that the platform has: the file's own way of
 * writing is kept where it can say the value. An alert type by its name stays a name, techniques stay techniques; a
 * severity or effort becomes a number.
 *
 * @param field of the rule, as it is sent.
 */
export function membersFor(file: Members, field: string, value: unknown, alertTypes: readonly AlertType[]): MembersFor {
  if (field === 'alert_type_uuid' && alertTypeOf(file) !== null) {
    const name = nameOfUuid(alertTypes, String(value));
    return name === null
      ? { kind: 'none', reason: `no name leads to the alert type ${String(value)}: write \`alert_type_uuid\` instead` }
      : { kind: 'members', members: [['alert_type', name]] };
  }
  if (field === 'related_object_refs' && Object.hasOwn(file, 'attack')) return objectMembers(file, textsOf(value));
  return { kind: 'members', members: [[field, value]] };
}

/** The fields that a metadata file says, as they are sent; a type whose name leads to none is empty, which no rule has. */
export function resolvedValues(file: Members, alertTypes: readonly AlertType[]): Members {
  const name = alertTypeOf(file);
  if (name === null) return sentValues(file);
  const found = findAlertType(alertTypes, name);
  return { ...sentValues(file), alert_type_uuid: found.kind === 'found' ? found.uuid : '' };
}

/** Techniques that the platform has stay; the other ids go where the file has ids, else they become techniques. */
function objectMembers(file: Members, ids: readonly string[]): MembersFor {
  const there = new Set(ids.map((id) => id.toLowerCase()));
  const kept = textsOf(file['attack']).filter((technique) => there.has(attackPatternOf(technique) ?? ''));
  const covered = new Set(kept.map(attackPatternOf));
  if (Object.hasOwn(file, 'related_object_refs')) {
    const own = new Set(textsOf(file['related_object_refs']).map((id) => id.toLowerCase()));
    const refs = ids.filter((id) => own.has(id.toLowerCase()) || !covered.has(id.toLowerCase()));
    return changed(file, [
      ['attack', kept],
      ['related_object_refs', refs],
    ]);
  }
  const others = ids.filter((id) => !covered.has(id.toLowerCase()));
  const nameless = others.filter((id) => techniqueOf(id) === undefined);
  if (nameless.length > 0) {
    return {
      kind: 'none',
      reason: `the file has no \`related_object_refs\` to hold ${nameless.slice(0, 3).join(', ')}, which is no technique that the action knows`,
    };
  }
  return changed(file, [['attack', [...kept, ...others.flatMap((id) => techniqueOf(id) ?? [])]]]);
}

/** A list that is null is as good as an empty one, and stays as it is. */
function changed(file: Members, members: readonly (readonly [string, readonly string[]])[]): MembersFor {
  return { kind: 'members', members: members.filter(([name, value]) => !isDeepStrictEqual(file[name] ?? [], value)) };
}
