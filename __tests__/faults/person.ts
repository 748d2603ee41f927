import type { ClientRepository, Push } from '../support/client-repository.js';
import { metadata, pattern } from '../support/detections.js';
import { readTree } from './read-tree.js';
import { pushCommit } from './template.js';

/** A detection as its author wants it. */
export interface Wanted {
  readonly name: string;
  readonly severity: number;
  /** Value that its pattern looks for. */
  readonly process: string;
  readonly enabled: boolean;
}

/** What a person does to the detections in one commit; a stem is the path of a metadata file less `.json`. */
export type Edit =
  | ({ readonly kind: 'add'; readonly stem: string } & Pick<Wanted, 'name'> & Partial<Wanted>)
  | ({ readonly kind: 'change'; readonly stem: string } & Partial<Wanted>)
  | { readonly kind: 'move'; readonly stem: string; readonly to: string }
  | { readonly kind: 'remove'; readonly stem: string }
  /** A commit that touches no detection. */
  | { readonly kind: 'note'; readonly text: string };

export interface Removed extends Wanted {
  /** The UUID that stood in the file when it went; null when there was none. */
  readonly uuid: string | null;
}

/** Somebody who writes detections, and knows at any time what the branch should hold and what it should not. */
export interface Person {
  readonly wanted: ReadonlyMap<string, Wanted>;
  readonly removed: readonly Removed[];
  /** Pulls, makes the edits in one commit, and pushes it. Edits of what is not there are left out. */
  readonly push: (edits: readonly Edit[], executable?: readonly string[]) => Promise<Push>;
  /** Pushes so far. */
  readonly pushes: readonly Push[];
}

/** @param before what the person has done so far */
export function createPerson(
  repository: Pick<ClientRepository, 'bare'>,
  before: Partial<Pick<Person, 'wanted' | 'removed' | 'pushes'>>,
): Person {
  const wanted = new Map(before.wanted);
  const removed = [...(before.removed ?? [])];
  const pushes = [...(before.pushes ?? [])];
  // Two pushes of one person come one after the other.
  let turn: Promise<unknown> = Promise.resolve();

  const push = async (edits: readonly Edit[], executable: readonly string[]): Promise<Push> => {
    const [wantedBefore, removedBefore] = [new Map(wanted), [...removed]];
    const made = await pushCommit(repository, async (tip) => {
      // Anew from here in a second try.
      restore(wantedBefore, removedBefore);
      const commit: Commit = { tree: new Map(await readTree(repository, tip)), changes: new Map(), renames: new Map() };
      for (const edit of edits) apply(edit, commit);
      const renames = Object.fromEntries(commit.renames);
      const message = edits.map(({ kind }) => kind).join(', ');
      return { changes: Object.fromEntries(commit.changes), details: { renames, executable, message } };
    });
    pushes.push(made);
    return made;
  };

  const restore = (wantedBefore: ReadonlyMap<string, Wanted>, removedBefore: readonly Removed[]): void => {
    wanted.clear();
    for (const [stem, what] of wantedBefore) wanted.set(stem, what);
    removed.splice(0, removed.length, ...removedBefore);
  };

  const apply = (edit: Edit, to: Commit): void => {
    if (edit.kind === 'note') {
      to.changes.set('notes.txt', `${edit.text}\n`);
      return;
    }
    const now = wanted.get(edit.stem);
    if (edit.kind === 'add') {
      if (now === undefined) write(edit.stem, wantedBy(edit, { ...NEW, name: edit.name }), null, to);
      return;
    }
    if (now === undefined) return;
    const uuid = uuidIn(to.tree.get(`${edit.stem}.json`));
    switch (edit.kind) {
      case 'change':
        write(edit.stem, wantedBy(edit, now), uuid, to);
        return;
      case 'move':
        if (wanted.has(edit.to)) return;
        wanted.delete(edit.stem);
        wanted.set(edit.to, now);
        for (const end of ENDS) move(edit.stem + end, edit.to + end, to);
        return;
      case 'remove':
        wanted.delete(edit.stem);
        removed.push({ ...now, uuid });
        for (const end of ENDS) to.changes.set(edit.stem + end, null);
        return;
    }
  };

  /** Renames come before changes in a commit, so a change made before a move goes along. */
  const move = (from: string, to: string, { tree, changes, renames }: Commit): void => {
    const text = tree.get(from);
    if (text !== undefined) {
      renames.set(from, to);
      tree.set(to, text);
      tree.delete(from);
    }
    const changed = changes.get(from);
    changes.delete(from);
    if (typeof changed === 'string') changes.set(to, changed);
    else changes.delete(to);
  };

  const write = (stem: string, what: Wanted, uuid: string | null, { changes }: Commit): void => {
    wanted.set(stem, what);
    const files = filesOf(what, uuid);
    for (const end of ENDS) changes.set(stem + end, files[end]);
  };

  return {
    wanted,
    removed,
    pushes,
    push: (edits, executable) => {
      const made = turn.then(() => push(edits, executable ?? []));
      turn = made.catch(() => undefined);
      return made;
    },
  };
}

interface Commit {
  readonly tree: Map<string, string>;
  readonly changes: Map<string, string | null>;
  readonly renames: Map<string, string>;
}

function wantedBy(edit: Partial<Wanted>, otherwise: Wanted): Wanted {
  const { name, severity, process, enabled } = { ...otherwise, ...edit };
  return { name, severity, process, enabled };
}

const ENDS = ['.json', '_sigma.yml'] as const;

export const NEW: Omit<Wanted, 'name'> = { severity: 40, process: 'a.exe', enabled: true };

/** The two files of a detection, byte for byte as they should stand on the branch. */
export function filesOf(what: Wanted, uuid: string | null): Readonly<Record<(typeof ENDS)[number], string>> {
  const { name, severity, enabled } = what;
  const more = { severity, enabled, ...(uuid === null ? {} : { uuid }) };
  return { '.json': metadata(name, more), '_sigma.yml': pattern(what.process) };
}

/** The UUID in the text of a metadata file; null without one, or without a file. */
export function uuidIn(text: string | undefined): string | null {
  const uuid = text === undefined ? undefined : (JSON.parse(text) as { readonly uuid?: unknown }).uuid;
  return typeof uuid === 'string' ? uuid : null;
}
