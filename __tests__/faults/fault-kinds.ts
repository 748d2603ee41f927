import { HTML_AFTER, tooManyRequests, WAF_BLOCK } from '../support/sekoia/faults.js';
import type { Fault as SekoiaFault } from '../support/sekoia/faults.js';
import type { FaultAction as GitHubFault } from '../support/github/faults.js';
import type { Switches } from '../support/sekoia/switches.js';
import type { RequestPlace, Service } from './requests.js';

/** What goes wrong at one request of a run. */
export interface FaultKind {
  readonly name: string;
  /** When, seen from the request. `from here on`: this one and all later ones of its service. */
  readonly moment: 'before' | 'processed' | 'answered' | 'from here on';
  readonly strikes: (place: RequestPlace) => boolean;
  readonly effect: Effect;
  /** How much faster the run's time goes: what waits for deadlines needs more. */
  readonly fasterBy: number;
}

export type Effect =
  | { readonly kind: 'sekoia'; readonly fault: SekoiaFault }
  | { readonly kind: 'github'; readonly fault: GitHubFault }
  /** SIGKILL at this moment of the request. */
  | { readonly kind: 'kill'; readonly when: 'before' | 'processed' | 'answered' }
  /** Every later request of the service is reset as well. */
  | { readonly kind: 'outage' }
  /** The platform behaves like this until the run ends. */
  | { readonly kind: 'switches'; readonly switches: Partial<Switches> }
  /** A newer push is made and its run ends before this request is processed. */
  | { readonly kind: 'newer-run' }
  /** Somebody pushes something else before this request is processed. */
  | { readonly kind: 'newer-push' };

const FASTER = 20;
/** Sekoia's deadline of half a minute takes half a second. */
const HANGING = 60;

const anywhere = (): boolean => true;
const of =
  (...services: readonly Service[]) =>
  ({ service }: RequestPlace): boolean =>
    services.includes(service);
const onSekoia = of('sekoia');
const isWrite = ({ kind }: RequestPlace): boolean => !kind.startsWith('GET');
const writesToSekoia = (place: RequestPlace): boolean => onSekoia(place) && isWrite(place);
const lists = (place: RequestPlace): boolean => onSekoia(place) && /^GET rules(?:\?name)?$/u.test(place.kind);
const createsRule = ({ service, kind }: RequestPlace): boolean => service === 'sekoia' && kind === 'POST rules';

function sekoia(name: string, moment: FaultKind['moment'], fault: SekoiaFault, fasterBy = FASTER): FaultKind {
  return { name, moment, strikes: onSekoia, effect: { kind: 'sekoia', fault }, fasterBy };
}

function github(
  name: string,
  moment: FaultKind['moment'],
  fault: GitHubFault,
  strikes: FaultKind['strikes'] = of('github', 'git'),
  fasterBy = FASTER,
): FaultKind {
  return { name, moment, strikes, effect: { kind: 'github', fault }, fasterBy };
}

function behaves(name: string, switches: Partial<Switches>, strikes: FaultKind['strikes']): FaultKind {
  return { name, moment: 'from here on', strikes, effect: { kind: 'switches', switches }, fasterBy: FASTER };
}

const GATEWAY = '<html><body><h1>502 Bad Gateway</h1></body></html>';

/** Every fault switch of sekoia-api.md §9, the same of GitHub and git, and the process killed. */
export const FAULT_KINDS: readonly FaultKind[] = [
  sekoia('429 for a second', 'before', tooManyRequests('1')),
  sekoia('429', 'before', tooManyRequests()),
  sekoia('502', 'before', { kind: 'answer', status: 502, body: GATEWAY }),
  sekoia('blocked', 'before', WAF_BLOCK),
  sekoia('reset', 'before', { kind: 'reset' }),
  sekoia('hang', 'before', { kind: 'hang' }, HANGING),
  sekoia('answer lost', 'processed', { kind: 'drop' }),
  sekoia('502 after', 'processed', { kind: 'answer-after', status: 502, body: GATEWAY }),
  sekoia('504 after', 'processed', { kind: 'answer-after', status: 504, body: GATEWAY }),
  sekoia('HTML after', 'processed', HTML_AFTER),
  sekoia('half an answer', 'processed', { kind: 'truncated' }),
  sekoia('half of the JSON', 'processed', { kind: 'malformed-json' }),
  sekoia('hang after', 'processed', { kind: 'hang-after' }, HANGING),
  github('502', 'before', { kind: 'answer', status: 502, body: GATEWAY }),
  github('reset', 'before', { kind: 'reset' }),
  github('answer lost', 'processed', { kind: 'drop' }),
  github('502 after', 'processed', { kind: 'answer', status: 502, body: GATEWAY, when: 'after' }),
  github(
    'secondary limit',
    'before',
    {
      kind: 'answer',
      status: 403,
      headers: { 'retry-after': '1' },
      body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
    },
    of('github'),
  ),
  github('hang', 'before', { kind: 'hang' }, of('github'), HANGING),
  github('hang after', 'processed', { kind: 'hang-after' }, of('github'), HANGING),
  ...(['before', 'processed', 'answered'] as const).map((when): FaultKind => ({
    name: 'killed',
    moment: when,
    strikes: anywhere,
    effect: { kind: 'kill', when },
    fasterBy: 1,
  })),
  { name: 'outage', moment: 'from here on', strikes: anywhere, effect: { kind: 'outage' }, fasterBy: FASTER },
  { name: 'newer run', moment: 'before', strikes: anywhere, effect: { kind: 'newer-run' }, fasterBy: 1 },
  {
    name: 'newer push',
    moment: 'before',
    strikes: of('github', 'git'),
    effect: { kind: 'newer-push' },
    fasterBy: 1,
  },
  behaves('offset ignored', { offset: 'ignored' }, lists),
  behaves('pages cut', { silentPageCap: 20 }, lists),
  behaves('short rows', { listRows: 'short' }, lists),
  behaves('stale list', { staleListMs: 3_600_000 }, lists),
  behaves('stale list after', { staleListMs: 3_600_000 }, createsRule),
  behaves('403 for unknown', { unknownOnGet: 403 }, onSekoia),
  behaves('404 for unknown', { unknownOnDelete: 404 }, writesToSekoia),
  behaves('201', { createStatus: 201 }, createsRule),
  behaves('200', { deleteStatus: 200 }, writesToSekoia),
  behaves('merges', { updates: 'merge' }, writesToSekoia),
  behaves('enabled ignored', { enabledInPut: 'ignored' }, writesToSekoia),
  behaves('compiles late', { compile: { delayMs: 300 } }, writesToSekoia),
];
