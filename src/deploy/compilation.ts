import { parseServerTime } from '../sekoia/wire.js';
import type { Rule } from '../sekoia/types.js';

/** Whether the platform could turn the rule's pattern into something that runs; `pending`: it has not said yet. */
export type Verdict = 'compiled' | 'refused' | 'pending';

/**
 * The verdict on what was written at `writtenAt`. Compilation is a later step than the write (sekoia-api.md §2.6), so an
 * older verdict speaks of older content. Both times are the server's; our clock is never asked.
 */
export function verdictSince(rule: Rule, writtenAt: string | null): Verdict {
  const { success, at } = rule.compilation;
  const compiled = at === null ? null : parseServerTime(at);
  if (success === null || compiled === null) return 'pending';
  const written = writtenAt === null ? null : parseServerTime(writtenAt);
  if (written !== null && compiled < written) return 'pending';
  return success ? 'compiled' : 'refused';
}

/** The verdict on a rule that needed no write: its last compilation, whenever that was. */
export function lastVerdict(rule: Rule): Verdict {
  return verdictSince(rule, null);
}
