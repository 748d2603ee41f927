import type { TargetKey } from './types.js';

type Value = Readonly<Record<string, unknown>>;

/** What stands where the UUID of the target belongs: in `uuids`, or in the plain `uuid` for the one that takes it. */
export function uuidIn(value: Value, target: TargetKey | null): unknown {
  if (target === null) return value['uuid'];
  const own = memberIn(value['uuids'], target.name);
  return own === undefined && target.takesUuid ? value['uuid'] : own;
}

/** A member of an object's own; undefined for all else. Names of targets may be those of what every object has. */
export function memberIn(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return undefined;
  return (value as Value)[key];
}
