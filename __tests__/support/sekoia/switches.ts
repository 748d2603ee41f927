import type { AlertType, ServedRule } from './shapes.js';

/** How long the platform takes to turn a pattern into something that runs. `never`: it does not say in our lifetime. */
export type CompileModel = 'at-once' | 'never' | { readonly delayMs: number };

/**
 * What is not known about the platform, each with the default of sekoia-api.md §9. The object may be changed while the
 * server runs: the next request sees it.
 */
export interface Switches {
  /** Unknown keys in a body are refused (VA301). */
  strict: boolean;
  /** What an update does with optional fields that the body leaves out. */
  updates: 'reset' | 'merge';
  /** Whether `enabled` in the body of an update counts. */
  enabledInPut: 'sets' | 'ignored';
  /** Whether enabling and disabling move `updated_at`. The flag belongs to the instance (§6.1), so they do not. */
  enablingMovesUpdatedAt: boolean;
  /** What becomes of a `community_uuid` that the key has rights in; `replaced`: the key's own takes its place (§6.3). */
  communities: 'honoured' | 'replaced';
  createStatus: 200 | 201;
  deleteStatus: 204 | 200;
  /** `documented`: `/v1/me` without the community (§1.2). */
  me: 'with-community' | 'documented';
  unknownOnGet: 404 | 403;
  unknownOnDelete: 403 | 404;
  /** `ignored`: every page is the first one. */
  offset: 'honoured' | 'ignored';
  /** Larger pages are cut to this many rows without a word, and a `limit` above 100 is no error; null: none. */
  silentPageCap: number | null;
  /** Rules created in the last so many milliseconds are missing from lists. */
  staleListMs: number;
  /** `short`: rows as in the tutorial, without pattern, tags and most of the rest (§3.7). */
  listRows: 'whole' | 'short';
  compile: CompileModel;
  /** `last_compilation_success` of a rule that was never compiled. */
  successBeforeCompilation: null | false;
  /** A message makes the compilation of that rule fail. */
  failCompilation: (rule: ServedRule) => string | null;
  /** The names that patterns may use; others are refused with RUL143. Null: all. */
  fields: ReadonlySet<string> | null;
  /** Line ends become LF and blanks at the end of lines go. */
  normalisesPayload: boolean;
  /** What category names look like: the slug, the name that the web app shows, or nothing (§5.1). */
  alertCategories: 'slugs' | 'names' | 'none';
  /** Changes the rows of the list of alert types on their way out. */
  tamperAlertTypes: ((rows: readonly AlertType[]) => readonly unknown[]) | null;
  /** Whether the list of alert types tells how many there are, and knows `offset`; `unpaged`: neither. */
  alertTypePages: 'paged' | 'unpaged';
  /** Changes rules on their way out (the function gets a copy). */
  tamper: ((rule: ServedRule) => ServedRule) | null;
  /** `zoneless`: `2021-06-23 09:13:22.077939`, as communities show times. */
  times: 'zoned' | 'zoneless';
  /** How far the server's clock is ahead of this machine's. */
  clockOffsetMs: number;
  /** How long each request waits before it is worked on. */
  latencyMs: number;
  /** Above so many requests in the window the answer is 429. */
  rateLimit: { readonly requests: number; readonly windowMs: number } | null;
}

/** The stand-in defaults of sekoia-api.md §9. */
export const DEFAULT_SWITCHES: Readonly<Switches> = {
  strict: true,
  updates: 'reset',
  enabledInPut: 'sets',
  enablingMovesUpdatedAt: false,
  communities: 'honoured',
  createStatus: 200,
  me: 'with-community',
  deleteStatus: 204,
  unknownOnGet: 404,
  unknownOnDelete: 403,
  offset: 'honoured',
  silentPageCap: null,
  staleListMs: 0,
  listRows: 'whole',
  compile: 'at-once',
  successBeforeCompilation: null,
  failCompilation: () => null,
  fields: null,
  normalisesPayload: false,
  alertCategories: 'slugs',
  tamperAlertTypes: null,
  alertTypePages: 'paged',
  tamper: null,
  times: 'zoned',
  clockOffsetMs: 0,
  latencyMs: 0,
  rateLimit: null,
};
