import { fieldReader } from './field-path.js';
import type { Event, Scalar } from './field-path.js';
import { FieldValues } from './field-values.js';

/** The fields that a set of rules asks for, numbered, so that all of them share what is read of an event. */
export class FieldTable {
  readonly #slots = new Map<string, number>();
  readonly #readers: ((event: Event) => readonly Scalar[])[] = [];

  /** The number of a field's path. */
  slotOf(path: string): number {
    const known = this.#slots.get(path);
    if (known !== undefined) return known;
    const slot = this.#readers.length;
    this.#slots.set(path, slot);
    this.#readers.push(readerOf(path));
    return slot;
  }

  /** An event for the rules of this table. Each field is read when it is first asked for, so the event must not change. */
  view(event: Event): EventView {
    return new EventView(event, this.#readers);
  }
}

const MISSING = new FieldValues([]);

export class EventView {
  readonly #event: Event;
  readonly #readers: readonly ((event: Event) => readonly Scalar[])[];
  readonly #values: (FieldValues | undefined)[] = [];

  constructor(event: Event, readers: readonly ((event: Event) => readonly Scalar[])[]) {
    this.#event = event;
    this.#readers = readers;
  }

  /** The values of the field with that number. */
  field(slot: number): FieldValues {
    const known = this.#values[slot];
    if (known !== undefined) return known;
    const found = this.#readers[slot]?.(this.#event) ?? [];
    const values = found.length === 0 ? MISSING : new FieldValues(found);
    this.#values[slot] = values;
    return values;
  }
}

/** `timestamp` and `@timestamp` stand for each other when only one of them is there (sigma.md §5). */
function readerOf(path: string): (event: Event) => readonly Scalar[] {
  const own = fieldReader(path);
  const twin = path === 'timestamp' ? '@timestamp' : path === '@timestamp' ? 'timestamp' : undefined;
  if (twin === undefined) return own;
  const other = fieldReader(twin);
  return (event) => {
    const found = own(event);
    return found.length > 0 ? found : other(event);
  };
}
