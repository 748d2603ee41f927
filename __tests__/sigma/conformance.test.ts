import { expect, it } from '@jest/globals';
import { timeOf } from '../../src/sigma/evaluate.js';
import type { Event } from '../../src/sigma/match/field-path.js';
import { describeShared } from './describe-shared.js';
import { evaluator } from './patterns.js';
import { sharedJson, sharedTarball } from './shared.js';

interface Triple {
  readonly rule: string;
  readonly events: readonly { readonly event: Event; readonly match: boolean }[];
}

describeShared('conformance')('the evaluator agrees with independent ones', () => {
  it('on single events', () => {
    const rules = sharedTarball('corpora/sigmahq-rules.tar.gz');
    const triples = sharedJson('conformance/triples.json.gz') as Triple[];
    let verdicts = 0;
    const wrong = triples.flatMap(({ rule, events }) => {
      const { matches } = evaluator(rules.get(`sigmahq/${rule}`) ?? '');
      verdicts += events.length;
      return events.filter(({ event, match }) => matches(event) !== match).map((one) => ({ rule, ...one }));
    });
    expect(wrong).toEqual([]);
    expect(verdicts).toBe(10_057);
  });

  it('on streams of events', () => {
    const rules = sharedJson('conformance/correlations.json.gz') as Stream[];
    let streams = 0;
    const wrong = rules.flatMap(({ id, pattern, tests }) => {
      const { alertsOf } = evaluator(pattern);
      streams += tests.length;
      return tests.flatMap(({ name, expect: wanted, events }) => {
        const alerts = alertsOf(events.map((event) => ({ event, at: timeOf(event) ?? NaN }))).length;
        return fits(wanted, alerts) ? [] : [{ id, name, wanted, alerts }];
      });
    });
    expect(wrong).toEqual([]);
    expect(streams).toBe(499);
  });
});

type Wanted = 'alert' | 'nothing' | { readonly alerts: number };

interface Stream {
  readonly id: string;
  readonly pattern: string;
  readonly tests: readonly { readonly name: string; readonly expect: Wanted; readonly events: readonly Event[] }[];
}

function fits(wanted: Wanted, alerts: number): boolean {
  if (wanted === 'alert') return alerts > 0;
  return alerts === (wanted === 'nothing' ? 0 : wanted.alerts);
}
