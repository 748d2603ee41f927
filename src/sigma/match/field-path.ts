/** An event as JSON has it: nested objects, flat dotted keys, or a mixture. */
export type Event = Readonly<Record<string, unknown>>;

/** Deeper lists and longer paths than any event has; they bound the recursion and the ways to split a path. */
const DEEPEST = 64;

/**
 * Reads what stands at a dotted path: `a.b.c` is tried with every split, lists at any level are flattened, objects
 * inside lists are entered, and the values of all ways count (sigma.md §5). Only texts, numbers and booleans are values.
 */
export function fieldReader(path: string): (event: Event) => readonly Scalar[] {
  const steps = stepsOf(path);
  return (event) => {
    const found: Scalar[] = [];
    enter(event, 0, 0, steps, found);
    return found.length === 0 ? NOTHING : found;
  };
}

export type Scalar = string | number | bigint | boolean;

const NOTHING: readonly Scalar[] = [];

interface Step {
  readonly key: string;
  /** Where the path goes on behind this key; the number of parts when it is at its end. */
  readonly next: number;
}

/** For each part of the path, the keys that could begin there. */
type Steps = readonly (readonly Step[])[];

function stepsOf(path: string): Steps {
  const parts = path.split('.');
  if (parts.length > DEEPEST) return [[{ key: path, next: 1 }]];
  return parts.map((_part, from) =>
    parts.slice(from).map((_last, index) => ({
      key: parts.slice(from, from + index + 1).join('.'),
      next: from + index + 1,
    })),
  );
}

function enter(value: unknown, part: number, depth: number, steps: Steps, found: Scalar[]): void {
  if (Array.isArray(value)) {
    if (depth < DEEPEST) for (const item of value) enter(item, part, depth + 1, steps, found);
  } else if (part === steps.length) {
    if (isScalar(value)) found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    const object = value as Record<string, unknown>;
    for (const { key, next } of steps[part] ?? []) {
      const inner = object[key];
      // `constructor` and `__proto__` are ordinary names, which an object has only when they are its own.
      if (inner !== undefined && inner !== null && Object.hasOwn(object, key)) enter(inner, next, depth, steps, found);
    }
  }
}

function isScalar(value: unknown): value is Scalar {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return true;
    case 'number':
      return Number.isFinite(value);
    default:
      return false;
  }
}
