import { SekoiaError } from '../sekoia/errors.js';
import type { Survey } from '../sekoia/survey.js';
import type { Rule, RuleUuid } from '../sekoia/types.js';
import type { NotImported } from './types.js';

/** The community's own rules, read whole. */
export interface Community {
  /** By UUID: those that a file could stand for. */
  readonly rules: readonly Rule[];
  /** Those that none can, and those that the key may not read. */
  readonly others: readonly NotImported[];
  /** Those that could not be read this time. */
  readonly unread: readonly NotImported[];
}

/** What files there are for rules, the whole branch over and what waits to get onto it. */
export interface Files {
  /** Which files have which rule. */
  readonly claims: ReadonlyMap<RuleUuid, readonly string[]>;
  /** Detections without a UUID by their names: a deployment may find its rule by it. */
  readonly nameless: ReadonlyMap<string, readonly string[]>;
}

/** Those to read whole: neither Sekoia's own nor of another type, as far as the rows tell. */
export function rulesToRead(rows: readonly Rule[], isClaimed: (uuid: RuleUuid) => boolean): readonly RuleUuid[] {
  return rows.filter((row) => !row.verified && !isOther(row) && !isClaimed(row.uuid)).map(({ uuid }) => uuid);
}

/** Sorts out what was read. Pure: nothing is asked for here. */
export function communityOf(survey: Survey, isClaimed: (uuid: RuleUuid) => boolean): Community {
  const rows = survey.rows.filter(({ verified, uuid }) => !verified && !isClaimed(uuid));
  const looked = rows.filter((row) => !isOther(row)).map((row) => ({ row, lookup: survey.byUuid.get(row.uuid) }));
  const found = looked.flatMap(({ lookup }) =>
    lookup?.kind === 'found' && !lookup.value.verified ? [lookup.value] : [],
  );
  const failed = looked.flatMap(({ row, lookup }) =>
    lookup?.kind === 'failed' ? [{ row, error: lookup.error, isForGood: isForGood(lookup.error) }] : [],
  );
  const notImported = ({ row, error }: (typeof failed)[number]): NotImported => unreadable(row, error);
  return {
    rules: found.filter((rule) => !isOther(rule) && rule.saysVerified !== false).sort(byUuid),
    others: [
      ...[...rows, ...found].filter(isOther).map(otherType),
      ...found.filter((rule) => !isOther(rule) && rule.saysVerified === false).map(unknownOwner),
      ...failed.filter(({ isForGood }) => isForGood).map(notImported),
    ].sort(byName),
    unread: failed
      .filter(({ isForGood }) => !isForGood)
      .map(notImported)
      .sort(byName),
  };
}

/** Which rules get files, and which stay without although files could stand for them. */
export function withoutFiles(
  { rules }: Community,
  { claims, nameless }: Files,
): { readonly rules: readonly Rule[]; readonly others: readonly NotImported[] } {
  const unclaimed = rules.filter(({ uuid }) => !claims.has(uuid));
  const namesake = ({ write }: Rule): readonly string[] => nameless.get(write.name) ?? [];
  return {
    rules: unclaimed.filter((rule) => namesake(rule).length === 0),
    others: unclaimed.flatMap((rule) => {
      const [first, ...more] = namesake(rule);
      return first === undefined ? [] : [hasNamesake(rule, first, more.length)];
    }),
  };
}

function isOther({ missing, write }: Rule): boolean {
  return !missing.includes('type') && write.type !== 'sigma';
}

/** A refusal that another run meets again; what is passing is worth a red run. */
function isForGood(error: Error): boolean {
  return error instanceof SekoiaError && (error.code === 'forbidden' || error.code === 'not-found');
}

function otherType(rule: Rule): NotImported {
  const reason = `it is of type "${rule.write.type}", and files hold sigma rules alone`;
  return notImported(rule, reason, '');
}

function unknownOwner(rule: Rule): NotImported {
  const reason = 'the platform does not say whether it is one of Sekoia’s own';
  return notImported(rule, reason, 'Write its files by hand, with its `uuid`, if it is yours.');
}

function unreadable(row: Rule, error: Error): NotImported {
  const help = error instanceof SekoiaError ? error.help : 'Run the workflow again.';
  return notImported(row, `it could not be read: ${error.message}`, help);
}

function hasNamesake(rule: Rule, path: string, more: number): NotImported {
  const reason = `${path}${more === 0 ? '' : ` and ${more} more`} has its name and no UUID, and may be it`;
  return notImported(rule, reason, 'Deploy that detection, which takes the rule over, or give it another name.');
}

export function notImported({ uuid, write }: Rule, reason: string, help: string): NotImported {
  return { uuid, name: write.name, type: write.type, reason, help };
}

function byUuid(one: Rule, other: Rule): number {
  return one.uuid < other.uuid ? -1 : 1;
}

function byName(one: NotImported, other: NotImported): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.uuid < other.uuid ? -1 : 1;
}
