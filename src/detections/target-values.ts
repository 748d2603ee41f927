import type { TargetKey } from './types.js';

type Value = Readonly<Record<string, unknown>>;

/** Whose view of a metadata file is asked for, and which targets there are; both null in a run without targets. */
export interface View {
  readonly target: TargetKey | null;
  /** All of the input; null also where they are not known, as in old versions of a file: then every name is one. */
  readonly targets: readonly TargetKey[] | null;
}

export const PLAIN_VIEW: View = { target: null, targets: null };

/** What stands where the UUID of the target belongs: in `uuids`, or in the plain `uuid` for the one that takes it. */
export function uuidIn(value: Value, target: TargetKey | null): unknown {
  return uuidPathIn(value, target).reduce<unknown>(memberIn, value);
}

/** The keys that lead to the target's UUID. */
export function uuidPathIn(value: Value, target: TargetKey | null): readonly string[] {
  if (target === null) return ['uuid'];
  const isTaken = target.takesUuid && isEmpty(memberIn(memberIn(value, 'uuids'), target.name));
  return isTaken && !isEmpty(memberIn(value, 'uuid')) ? ['uuid'] : ['uuids', target.name];
}

/** No value, or one that stands for none: null, or a text of blanks. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * Whether the file says that it is not meant for the target. One that says so in a wrong way does not: it is an error in
 * every view, and its rules stay.
 */
export function leavesOut(value: Value, { target, targets }: View): boolean {
  const only = memberIn(value, 'only') ?? null;
  const except = memberIn(value, 'except') ?? null;
  const names = only ?? except;
  if (target === null || names === null || (only !== null && except !== null) || !Array.isArray(names)) return false;
  const known = targets?.map(({ name }) => name);
  const isSound = names.every((name) => typeof name === 'string' && (known?.includes(name) ?? true));
  if (!isSound || (only !== null && names.length === 0)) return false;
  return names.includes(target.name) === (only === null);
}

/**
 * The file's value with the overlay of the target laid over it. An alert type is written in one of two ways: the overlay's
 * takes the place of the file's.
 */
export function valueFor(value: Value, target: TargetKey | null): Value {
  const overlay = target === null ? undefined : memberIn(memberIn(value, 'targets'), target.name);
  if (!isObject(overlay)) return value;
  const hasType = ALERT_TYPE.some((key) => Object.hasOwn(overlay, key));
  const rest = hasType ? Object.entries(value).filter(([key]) => !ALERT_TYPE.includes(key)) : Object.entries(value);
  return { ...Object.fromEntries(rest), ...overlay };
}

const ALERT_TYPE: readonly string[] = ['alert_type', 'alert_type_uuid'];

/** The keys that lead to what counts for the target as the field. */
export function fieldPathIn(value: Value, target: TargetKey | null, field: string): readonly string[] {
  const overlay = target === null ? undefined : memberIn(memberIn(value, 'targets'), target.name);
  return target !== null && isObject(overlay) && Object.hasOwn(overlay, field)
    ? ['targets', target.name, field]
    : [field];
}

/** A member of an object's own; undefined for all else. Names of targets may be those of what every object has. */
export function memberIn(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
