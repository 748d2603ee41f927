import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCatalogue } from './sekoia/catalogue.js';
import { serverClock } from './sekoia/clock.js';
import { faultPicker } from './sekoia/faults.js';
import type { PlannedFault, SeenRequest } from './sekoia/faults.js';
import { uuidOf } from './sekoia/reference-data.js';
import type { Community, Scope } from './sekoia/routes.js';
import { serve } from './sekoia/serving.js';
import type { Line } from './sekoia/serving.js';
import type { ServedRule } from './sekoia/shapes.js';
import { DEFAULT_SWITCHES } from './sekoia/switches.js';
import type { Switches } from './sekoia/switches.js';
import { seedVerifiedRules } from './sekoia/verified-rules.js';

export interface SekoiaOptions {
  /** What each API key may do, by key; left out: any key that is not empty may do everything (sekoia-api.md §9, 27). */
  readonly keys?: Readonly<Record<string, readonly Scope[]>>;
  /** Which community a key belongs to, by key: a name of the test's own. Keys that are left out belong to the first one. */
  readonly communities?: Readonly<Record<string, string>>;
  /** Names of the communities below a parent, by the parent's name; that of the first community is `FIRST`. */
  readonly subcommunities?: Readonly<Record<string, readonly string[]>>;
  /** How many rules of the platform's own making there are; 150 when left out. */
  readonly verifiedRules?: number;
  readonly switches?: Partial<Switches>;
  readonly faults?: readonly PlannedFault[];
}

/** The community that keys belong to unless they were given another. */
export const FIRST = 'the first one';

/** A community besides the first one, with rules of its own. */
export interface ServedCommunity {
  readonly uuid: string;
  readonly rules: Map<string, ServedRule>;
  readonly seedRule: (fields: Partial<ServedRule>) => ServedRule;
  readonly customRules: () => readonly ServedRule[];
}

/** A Sekoia platform on loopback, with one community unless there are more in the options. */
export interface SekoiaStandIn {
  /** Base URL without a slash at its end; `/v1` and `/api/v1` are served below it. */
  readonly url: string;
  /** UUID of the community that keys belong to, unless they were given another. */
  readonly community: string;
  /** One of those that keys were given. */
  readonly communityNamed: (name: string) => ServedCommunity;
  /** UUID of a community that was named as a sub-community. */
  readonly subcommunity: (name: string) => string;
  /** Whether a rule that is in the first community or was made with its keys runs in that sub-community; undefined: nobody has said so. */
  readonly isEnabledIn: (rule: string, subcommunity: string) => boolean | undefined;
  /** Every rule by its UUID, verified ones included, in the order of creation; may be changed. */
  readonly rules: Map<string, ServedRule>;
  /** May be changed at any time. */
  readonly switches: Switches;
  /** May be added to at any time; the first that fits strikes. */
  readonly faults: PlannedFault[];
  /** Every request in the order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** How many TCP connections were opened so far. */
  readonly connections: number;
  /** Adds a rule past the API: one that a person made, unless the fields say otherwise. */
  readonly seedRule: (fields: Partial<ServedRule>) => ServedRule;
  /** The rules that are not verified. */
  readonly customRules: () => readonly ServedRule[];
  /** Cuts every connection and ends the server; further calls do nothing. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a stand-in of the Sekoia rules API on a free port of 127.0.0.1, with the defaults of sekoia-api.md §9.
 * What is not known about the platform is in `switches`, what can go wrong on the way in `faults`.
 */
export async function startSekoia(options: SekoiaOptions = {}): Promise<SekoiaStandIn> {
  const switches: Switches = { ...DEFAULT_SWITCHES, ...options.switches };
  const clock = serverClock(() => switches.clockOffsetMs);
  const open = (name: string): Community => {
    const community = name === FIRST ? uuidOf('community') : uuidOf(`community ${name}`);
    const catalogue = openCatalogue(community, clock, switches);
    seedVerifiedRules(catalogue, options.verifiedRules ?? 150);
    const below = Object.hasOwn(options.subcommunities ?? {}, name) ? options.subcommunities?.[name] : undefined;
    return { community, catalogue, subcommunities: (below ?? []).map((sub) => uuidOf(`community ${sub}`)) };
  };
  const first = open(FIRST);
  const named = new Map([...new Set(Object.values(options.communities ?? {}))].map((name) => [name, open(name)]));
  const communityOf = (key: string): Community => {
    const name = Object.hasOwn(options.communities ?? {}, key) ? options.communities?.[key] : undefined;
    return (name === undefined ? undefined : named.get(name)) ?? first;
  };
  const { keys } = options;
  const scopesOf = (key: string): readonly Scope[] | undefined => {
    if (keys === undefined) return ALL_SCOPES;
    return Object.hasOwn(keys, key) ? keys[key] : undefined;
  };
  const faults = [...(options.faults ?? [])];
  const line: Line = {
    platform: { communityOf, switches, scopesOf },
    pickFault: faultPicker(faults),
    requests: [],
    connections: new WeakMap(),
    methodCounts: new Map(),
    timers: new Set(),
  };

  const server = createServer((incoming, outgoing) => {
    void serve(line, incoming, outgoing);
  });
  let opened = 0;
  server.on('connection', (socket) => {
    opened += 1;
    line.connections.set(socket, opened);
  });
  // A client's pause must not meet a connection that this side has just closed.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    community: first.community,
    communityNamed(name) {
      const found = named.get(name);
      if (found === undefined) throw new Error(`No key belongs to a community named ${name}.`);
      return served(found);
    },
    subcommunity(name) {
      if (
        Object.values(options.subcommunities ?? {})
          .flat()
          .includes(name)
      )
        return uuidOf(`community ${name}`);
      throw new Error(`No community has a sub-community named ${name}.`);
    },
    isEnabledIn(uuid, subcommunity) {
      const rule = first.catalogue.rules.get(uuid);
      return rule === undefined ? undefined : first.catalogue.isEnabledIn(rule, subcommunity);
    },
    rules: first.catalogue.rules,
    switches,
    faults,
    requests: line.requests,
    get connections() {
      return opened;
    },
    seedRule: (fields) => first.catalogue.seed(fields),
    customRules: served(first).customRules,
    stop: () =>
      new Promise((resolve) => {
        for (const timer of line.timers) clearTimeout(timer);
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function served({ community, catalogue }: Community): ServedCommunity {
  return {
    uuid: community,
    rules: catalogue.rules,
    seedRule: (fields) => catalogue.seed(fields),
    customRules: () => [...catalogue.rules.values()].filter(({ verified }) => !verified),
  };
}

const ALL_SCOPES: readonly Scope[] = ['read', 'write', 'enable', 'delete'];
