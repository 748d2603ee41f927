import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCatalogue } from './sekoia/catalogue.js';
import { serverClock } from './sekoia/clock.js';
import { faultPicker } from './sekoia/faults.js';
import type { PlannedFault, SeenRequest } from './sekoia/faults.js';
import { uuidOf } from './sekoia/reference-data.js';
import type { Scope } from './sekoia/routes.js';
import { serve } from './sekoia/serving.js';
import type { Line } from './sekoia/serving.js';
import type { ServedRule } from './sekoia/shapes.js';
import { DEFAULT_SWITCHES } from './sekoia/switches.js';
import type { Switches } from './sekoia/switches.js';
import { seedVerifiedRules } from './sekoia/verified-rules.js';

export interface SekoiaOptions {
  /** What each API key may do, by key; left out: any key that is not empty may do everything (sekoia-api.md §9, 27). */
  readonly keys?: Readonly<Record<string, readonly Scope[]>>;
  /** How many rules of the platform's own making there are; 150 when left out. */
  readonly verifiedRules?: number;
  readonly switches?: Partial<Switches>;
  readonly faults?: readonly PlannedFault[];
}

/** A Sekoia platform with one community, on loopback. */
export interface SekoiaStandIn {
  /** Base URL without a slash at its end; `/v1` and `/api/v1` are served below it. */
  readonly url: string;
  /** UUID of the community that all keys belong to. */
  readonly community: string;
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
  const community = uuidOf('community');
  const catalogue = openCatalogue(
    community,
    serverClock(() => switches.clockOffsetMs),
    switches,
  );
  seedVerifiedRules(catalogue, options.verifiedRules ?? 150);
  const { keys } = options;
  const scopesOf = (key: string): readonly Scope[] | undefined => {
    if (keys === undefined) return ALL_SCOPES;
    return Object.hasOwn(keys, key) ? keys[key] : undefined;
  };
  const faults = [...(options.faults ?? [])];
  const line: Line = {
    platform: { community, catalogue, switches, scopesOf },
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
    community,
    rules: catalogue.rules,
    switches,
    faults,
    requests: line.requests,
    get connections() {
      return opened;
    },
    seedRule: (fields) => catalogue.seed(fields),
    customRules: () => [...catalogue.rules.values()].filter(({ verified }) => !verified),
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

const ALL_SCOPES: readonly Scope[] = ['read', 'write', 'enable', 'delete'];
