import { createHash } from 'node:crypto';
import { FAULT_KINDS } from './fault-kinds.js';
import type { FaultKind } from './fault-kinds.js';
import type { RequestPlace } from './requests.js';

/** One fault at one request of one scenario's run. */
export interface Cell {
  readonly name: string;
  readonly scenario: string;
  readonly place: RequestPlace;
  readonly kind: FaultKind;
}

/** Every fault at every request that a clean run of the scenario made. */
export function cellsOf(scenario: string, places: readonly RequestPlace[]): readonly Cell[] {
  return places.flatMap((place) =>
    FAULT_KINDS.filter(({ strikes }) => strikes(place)).map((kind) => {
      const request = `${place.service} ${place.kind} #${place.nth}`;
      return { name: `${scenario} / ${request} / ${kind.name}, ${kind.moment}`, scenario, place, kind };
    }),
  );
}

/** `count` of them, always the same: in turns from every scenario, and there in turns from every kind of request. */
export function share(cells: readonly Cell[], count: number): readonly Cell[] {
  const inOrder = [...cells].sort((one, other) => (hash(one.name) < hash(other.name) ? -1 : 1));
  const perScenario = groups(inOrder, ({ scenario }) => scenario).map((group) =>
    inTurns(groups(group, ({ place }) => `${place.service} ${place.kind}`)),
  );
  return inTurns(perScenario).slice(0, count);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const found = new Map<string, Item[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return [...found.values()];
}

function inTurns<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
