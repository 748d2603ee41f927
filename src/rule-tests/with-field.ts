import type { Event } from '../sigma/match/field-path.js';

/** As the reader of fields has it (sigma/match/field-path.ts). */
const DEEPEST = 64;

/**
 * The event with another value in a field: it takes the place of whatever a pattern would find there, in every split of
 * the path and inside lists; where there is nothing, a dotted key is added. Null removes the field. The event itself
 * stays as it is, and what does not change is shared.
 */
export function withField(event: Event, path: string, value: unknown): Event {
  const parts = path.split('.');
  const { node, found } = replaced(event, parts.length > DEEPEST ? [path] : parts, 0, value);
  if (found || value === null) return node as Event;
  return { ...event, [path]: value };
}

interface Replaced {
  readonly node: unknown;
  readonly found: boolean;
}

/** Each value lies behind one key of what holds it, so nothing is looked at twice. */
function replaced(node: unknown, parts: readonly string[], from: number, value: unknown): Replaced {
  if (Array.isArray(node)) {
    const items = node.map((item) => replaced(item, parts, from, value));
    const found = items.some((item) => item.found);
    return { node: found ? items.map((item) => item.node) : node, found };
  }
  if (typeof node !== 'object' || node === null) return { node, found: false };
  let event = node as Event;
  for (let end = from + 1; end <= parts.length; end += 1) {
    const key = parts.length === 1 ? (parts[0] ?? '') : parts.slice(from, end).join('.');
    if (!Object.hasOwn(event, key)) continue;
    if (end < parts.length) {
      const inner = replaced(event[key], parts, end, value);
      // A computed key is always one of the object's own, `__proto__` too.
      if (inner.found) event = { ...event, [key]: inner.node };
    } else if (value === null) {
      event = Object.fromEntries(Object.entries(event).filter(([name]) => name !== key));
    } else {
      event = { ...event, [key]: value };
    }
  }
  return { node: event, found: event !== node };
}
