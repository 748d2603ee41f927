import { timeText, zoneless } from './clock.js';
import type { ServerClock } from './clock.js';
import { entitiesOf, uuidOf } from './reference-data.js';
import { newRule, writtenFields } from './rule.js';
import type { WrittenFields } from './rule.js';
import type { ServedRule, WriteBody } from './shapes.js';
import type { Switches } from './switches.js';

/** The rules of a community, those that it made in its sub-communities among them, and what the platform does with them. */
export interface Catalogue {
  readonly rules: Map<string, ServedRule>;
  /** @param owner the community that the rule is made in. */
  create(body: WriteBody, author: string, failure: string | null, owner: string): ServedRule;
  update(rule: ServedRule, body: WriteBody, author: string, failure: string | null): void;
  setEnabled(rule: ServedRule, state: 'enabled' | 'disabled', author: string): void;
  /** Sets the state of the rule's instance in a sub-community, which the rule itself does not show (§6.1). */
  setEnabledIn(rule: ServedRule, community: string, state: 'enabled' | 'disabled'): void;
  /** Whether the rule runs in a sub-community; undefined: nobody has said so far. */
  isEnabledIn(rule: ServedRule, community: string): boolean | undefined;
  seed(partial: Partial<ServedRule>): ServedRule;
  /** The rules that a list shows, in the order of their creation. */
  listed(): readonly ServedRule[];
  /** A rule as an answer holds it, its compilation brought up to date. */
  show(rule: ServedRule): ServedRule;
}

/** A compilation that is under way: when it ends (server time, microseconds) and what it will say. */
interface PendingCompilation {
  readonly endsAt: number;
  readonly failure: string | null;
}

export function openCatalogue(community: string, now: ServerClock, switches: Switches): Catalogue {
  const rules = new Map<string, ServedRule>();
  const pending = new WeakMap<ServedRule, PendingCompilation>();
  const createdAt = new WeakMap<ServedRule, number>();
  const entities = new Map(entitiesOf(community).map((entity) => [entity.uuid, entity]));

  const compile = (rule: ServedRule, patternFailure: string | null): void => {
    const failure = switches.failCompilation(rule) ?? patternFailure;
    const delay =
      switches.compile === 'at-once' ? 0 : switches.compile === 'never' ? Infinity : switches.compile.delayMs;
    pending.set(rule, { endsAt: now() + delay * 1000, failure });
    settle(rule);
  };

  const settle = (rule: ServedRule): void => {
    const compilation = pending.get(rule);
    if (compilation === undefined || now() < compilation.endsAt) return;
    pending.delete(rule);
    rule.last_compilation_success = compilation.failure === null;
    rule.last_compilation_message = compilation.failure ?? '';
    rule.last_compilation_at = timeText(compilation.endsAt);
  };

  const instances = new WeakMap<ServedRule, Map<string, boolean>>();

  const write = (body: WriteBody, owner: string): WrittenFields => {
    const payload = switches.normalisesPayload ? normalised(body.payload) : body.payload;
    return writtenFields({ ...body, payload }, entities, owner);
  };

  const touch = (rule: ServedRule, author: string): void => {
    rule.updated_at = timeText(now());
    rule.updated_by = author;
    rule.updated_by_type = 'apikey';
  };

  return {
    rules,
    create(body, author, failure, owner) {
      const at = now();
      const rule: ServedRule = {
        ...newRule(owner, timeText(at), author),
        ...write(body, owner),
        last_compilation_success: switches.successBeforeCompilation,
      };
      rules.set(rule.uuid, rule);
      createdAt.set(rule, at);
      compile(rule, failure);
      return rule;
    },
    update(rule, body, author, failure) {
      const enabled = switches.enabledInPut === 'sets' ? body.enabled : rule.enabled;
      // Whether an update can move a rule is not known: here it stays where it is.
      Object.assign(rule, write(body, rule.community_uuid ?? community), { enabled });
      touch(rule, author);
      compile(rule, failure);
    },
    setEnabled(rule, state, author) {
      rule.enabled = state === 'enabled';
      if (switches.enablingMovesUpdatedAt) touch(rule, author);
    },
    setEnabledIn(rule, sub, state) {
      instances.set(rule, (instances.get(rule) ?? new Map<string, boolean>()).set(sub, state === 'enabled'));
    },
    isEnabledIn: (rule, sub) => instances.get(rule)?.get(sub),
    seed(partial) {
      const at = timeText(now());
      const rule: ServedRule = {
        ...newRule(community, at, uuidOf('a person')),
        created_by_type: 'avatar',
        updated_by_type: 'avatar',
        last_compilation_success: true,
        last_compilation_message: '',
        last_compilation_at: timeText(now()),
        ...partial,
      };
      rules.set(rule.uuid, rule);
      return rule;
    },
    listed() {
      const all = [...rules.values()];
      if (switches.staleListMs === 0) return all;
      const newest = now() - switches.staleListMs * 1000;
      return all.filter((rule) => (createdAt.get(rule) ?? 0) <= newest);
    },
    show(rule) {
      settle(rule);
      const shown = switches.tamper === null ? rule : switches.tamper(structuredClone(rule));
      return switches.times === 'zoned' ? shown : withoutZones(shown);
    },
  };
}

function normalised(payload: string): string {
  return payload.replace(/\r\n?/gu, '\n').replace(/[ \t]+$/gmu, '');
}

function withoutZones(rule: ServedRule): ServedRule {
  return {
    ...rule,
    created_at: zoneless(rule.created_at),
    updated_at: zoneless(rule.updated_at),
    last_compilation_at: rule.last_compilation_at === null ? null : zoneless(rule.last_compilation_at),
  };
}
