import type { Log } from '../log.js';
import { listAlertTypes } from './alert-types.js';
import type { AlertType } from './alert-types.js';
import { createCalls, PATIENCE_MS } from './calls.js';
import { findRulesNamed, readCatalogue } from './catalogue.js';
import { SekoiaError } from './errors.js';
import { readCommunity } from './me.js';
import { createPacer, systemClock } from './pace.js';
import type { Clock, Pacer } from './pace.js';
import { removeRule } from './remove-rule.js';
import { createRule, setRuleEnabled, updateRule } from './rules.js';
import type { Reader } from './listing.js';
import { surveyRules } from './survey.js';
import type { Survey, WantedRules } from './survey.js';
import { openTransport } from './transport.js';
import type { Catalogue, Rule, RuleLookup, RuleUuid, WriteRule } from './types.js';
import { whereIs } from './whereabouts.js';

/** The rules of one Sekoia community. */
export interface Sekoia {
  /** Looks rules up, one by one or in a listing, whichever takes fewer requests. Throws nothing: see `Lookup`. */
  readCatalogue(wanted: { readonly uuids: readonly RuleUuid[]; readonly names: readonly string[] }): Promise<Catalogue>;
  /** Reads all that the platform has in one listing, and the wanted rules whole. @throws SekoiaError when the list has a gap */
  survey(wanted: WantedRules): Promise<Survey>;
  /** The types that alerts can have, read once: later calls get the same answer, or the same error. @throws SekoiaError */
  alertTypes(): Promise<readonly AlertType[]>;
  /** @throws SekoiaError; `answer-lost` when the platform may or may not have created the rule */
  create(body: WriteRule): Promise<Rule>;
  /** Writes the whole rule. @throws SekoiaError */
  update(uuid: RuleUuid, body: WriteRule): Promise<Rule>;
  /** In the community given, else in the key's own. @throws SekoiaError */
  setEnabled(uuid: RuleUuid, state: 'enabled' | 'disabled', community?: string): Promise<Rule>;
  /** Looks each up once more; what was not read within that many milliseconds has failed with `timed-out`. */
  reread(uuids: readonly RuleUuid[], withinMs: number): Promise<ReadonlyMap<RuleUuid, RuleLookup>>;
  /** Deletes, from the community given where the rule is in one; `gone`: somebody else had done so before. @throws SekoiaError */
  remove(uuid: RuleUuid, community?: string): Promise<'deleted' | 'gone'>;
  /** A fresh look, after a refusal that may mean that the rule is gone. @throws SekoiaError when that cannot be told */
  whereIs(uuid: RuleUuid): Promise<'there' | 'gone'>;
  /** A fresh look for the rules of exactly this name, verified ones included. @throws SekoiaError */
  findByName(name: string): Promise<readonly Rule[]>;
  /** UUID of the community that the key belongs to, lower case; null when the answer names none. @throws SekoiaError */
  readCommunity(): Promise<string | null>;
  /** How many calls are under way at most; more may be made, they wait. */
  readonly concurrency: number;
  readonly statistics: {
    readonly requests: number;
    /** Pauses and waits before a repeat; waits at the same time count once. */
    readonly waitedMs: number;
  };
  /** Cuts what is still under way. */
  close(): Promise<void>;
}

export interface SekoiaOptions {
  /** The API's base, with or without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** 0 lifts the pace, never the pause after errors. */
  readonly requestsPerSecond: number;
  readonly userAgent: string;
  /** For the proxy variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted: no new request starts, one in flight gets two more seconds. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** One request, headers and body, in milliseconds; default 30 s (sekoia-api.md §1.4). */
  readonly deadlineMs?: number;
  /** The line that this client waits in with the others of its host; one of its own when left out. */
  readonly pacer?: Pacer;
  /** Most waiting that this client may bring about, in milliseconds; default ten minutes. */
  readonly patienceMs?: number;
  /** Called at the start of each request. */
  readonly onRequest?: () => void;
}

/** A client of the rules catalogue. Nothing is sent before the first call. @throws SekoiaError `bad-settings` */
export function openSekoia(options: SekoiaOptions): Sekoia {
  const { clock = systemClock, random = Math.random, deadlineMs = 30_000 } = options;
  const concurrency = options.requestsPerSecond > 0 ? 4 : 16;
  const transport = openTransport({
    base: baseOf(options.apiUrl),
    apiKey: keyOf(options.apiKey),
    userAgent: options.userAgent.replace(/[^\x20-\x7e]/gu, ''),
    env: options.env,
    connections: concurrency,
    deadlineMs,
  });
  const { pacer = createPacer({ clock, requestsPerSecond: options.requestsPerSecond }), patienceMs = PATIENCE_MS } =
    options;
  const calls = createCalls({ ...options, transport, pacer, patienceMs, concurrency, clock, random });
  const reader: Reader = { calls, abreast: concurrency };
  let alertTypes: Promise<readonly AlertType[]> | null = null;

  return {
    readCatalogue: (wanted) => readCatalogue(reader, wanted),
    survey: (wanted) => surveyRules(reader, wanted),
    alertTypes: () => (alertTypes ??= listAlertTypes(calls)),
    create: (body) => createRule(calls, body),
    update: (uuid, body) => updateRule(calls, uuid, body),
    setEnabled: (uuid, state, community) => setRuleEnabled(calls, uuid, state, community),
    async reread(uuids, withinMs) {
      const late = new AbortController();
      const read = new AbortController();
      void clock.sleep(withinMs, read.signal).then(() => {
        late.abort();
      });
      try {
        return (await readCatalogue({ ...reader, within: late.signal }, { uuids, names: [] })).byUuid;
      } finally {
        read.abort();
      }
    },
    remove: (uuid, community) => removeRule(reader, uuid, community),
    whereIs: (uuid) => whereIs(reader, uuid),
    async findByName(name) {
      const lookup = await findRulesNamed(reader, name);
      if (lookup.kind === 'failed') throw lookup.error;
      return lookup.value;
    },
    readCommunity: () => readCommunity(calls),
    concurrency,
    statistics: calls.statistics,
    close: () => {
      calls.close();
      return transport.close();
    },
  };
}

/** sekoia-api.md §1.1: with or without a slash at the end; the web app's own hosts have the API below `/api`. */
function baseOf(apiUrl: string): string {
  const url = URL.canParse(apiUrl.trim()) ? new URL(apiUrl.trim()) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new SekoiaError(
      'bad-settings',
      `api-url is not a web address: ${apiUrl}`,
      'Write it like https://api.sekoia.io, or leave api-url out and set region.',
    );
  }
  const path = url.pathname.replace(/\/+$/u, '');
  const isWebApp = /^app\.(?:[a-z0-9-]+\.)?sekoia\.io$/u.test(url.hostname);
  return url.origin + (isWebApp && path === '' ? '/api' : path);
}

/** The format of keys is not documented (§1.2), but a header holds visible ASCII only. */
function keyOf(apiKey: string): string {
  if (/^[\x21-\x7e]+$/u.test(apiKey)) return apiKey;
  throw new SekoiaError(
    'bad-settings',
    apiKey === '' ? 'The API key is empty' : 'The API key holds blanks, line ends or characters that no key has',
    'Copy the key once more into the secret that api-key takes its value from.',
  );
}
