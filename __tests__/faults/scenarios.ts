import type { Edit } from './person.js';
import type { SceneOptions } from './scene.js';

/** One push, and what was in place before it. */
export interface Scenario extends SceneOptions {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly inputs?: Readonly<Record<string, string>>;
}

/** A detection that no push here changes. */
const KEPT = { 'detections/kept': { name: 'Kept detection' } };
const add = (number: number): Edit => ({
  kind: 'add',
  stem: `detections/new-${number}`,
  name: `New detection ${number}`,
  process: `new-${number}.exe`,
});

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'create',
    depth: 1,
    deployed: KEPT,
    ran: 'before',
    edits: [add(1)],
  },
  {
    name: 'create-first',
    depth: 0,
    deployed: {},
    ran: 'never',
    edits: [add(1)],
  },
  {
    name: 'create-three',
    depth: 0,
    deployed: KEPT,
    ran: 'before',
    edits: [add(1), add(2), add(3)],
  },
  {
    name: 'create-disabled',
    depth: 0,
    deployed: KEPT,
    ran: 'before',
    // Commas and wildcards cannot be asked for by name: the whole list is read.
    edits: [{ kind: 'add', stem: 'detections/odd', name: 'Odd, [name] * é', enabled: false }],
  },
  {
    name: 'create-executable',
    depth: 0,
    deployed: KEPT,
    ran: 'before',
    edits: [add(1)],
    // GraphQL knows no modes, so the write-back goes by REST.
    executable: ['detections/new-1.json'],
  },
  {
    name: 'create-by-push',
    depth: 0,
    deployed: KEPT,
    ran: 'before',
    inputs: { 'write-back': 'push' },
    edits: [add(1)],
  },
  {
    name: 'update',
    depth: 1,
    deployed: { ...KEPT, 'detections/old': { name: 'Old detection' } },
    ran: 'before',
    edits: [{ kind: 'change', stem: 'detections/old', process: 'changed.exe', severity: 70 }],
  },
  {
    name: 'adopt',
    depth: 1,
    deployed: KEPT,
    unclaimed: [{ name: 'New detection 1', severity: 10 }],
    ran: 'before',
    edits: [add(1)],
  },
  {
    name: 'move-file',
    depth: 0,
    deployed: { ...KEPT, 'detections/old': { name: 'Old detection' } },
    ran: 'before',
    edits: [{ kind: 'move', stem: 'detections/old', to: 'detections/folder/moved' }],
  },
  {
    name: 'rename-rule',
    depth: 0,
    deployed: { ...KEPT, 'detections/old': { name: 'Old detection' } },
    ran: 'before',
    edits: [{ kind: 'change', stem: 'detections/old', name: 'Detection with a new name' }],
  },
  {
    name: 'disable',
    depth: 1,
    deployed: { ...KEPT, 'detections/old': { name: 'Old detection' } },
    ran: 'before',
    edits: [{ kind: 'remove', stem: 'detections/old' }],
  },
  {
    name: 'delete',
    depth: 0,
    deployed: { ...KEPT, 'detections/old': { name: 'Old detection' } },
    ran: 'before',
    onRemoved: 'delete',
    inputs: { 'on-removed': 'delete' },
    edits: [{ kind: 'remove', stem: 'detections/old' }],
  },
  {
    name: 'mixed',
    depth: 1,
    deployed: {
      ...KEPT,
      'detections/changed': { name: 'Changed detection' },
      'detections/moved': { name: 'Moved detection' },
      'detections/removed': { name: 'Removed detection' },
    },
    unclaimed: [{ name: 'New detection 2', severity: 10 }],
    ran: 'before',
    edits: [
      add(1),
      add(2),
      { kind: 'change', stem: 'detections/changed', severity: 90 },
      { kind: 'move', stem: 'detections/moved', to: 'detections/folder/moved' },
      { kind: 'change', stem: 'detections/folder/moved', name: 'Moved and renamed' },
      { kind: 'remove', stem: 'detections/removed' },
    ],
  },
];
