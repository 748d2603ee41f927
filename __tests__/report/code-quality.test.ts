import { describe, expect, it } from '@jest/globals';
import { codeQuality } from '../../src/report/code-quality.js';
import type { Finding } from '../../src/detections/types.js';

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SAMPLE: Finding = {
  path: 'detections/a_sigma.yml',
  line: 3,
  column: 1,
  severity: 'error',
  code: 'field-unknown',
  message: 'No such field.',
  help: 'Name another.',
};

function entries(...findings: readonly Partial<Finding>[]): readonly Entry[] {
  return codeQuality({ findings: findings.map((more) => ({ ...SAMPLE, ...more })) }) as readonly Entry[];
}

describe('the Code Quality report', () => {
  it('has what GitLab asks of each finding', () => {
    const [error, warning] = entries({ severity: 'error', line: 4, code: 'x' }, { severity: 'warning', line: 0 });
    expect(error).toMatchObject({ severity: 'critical', check_name: 'x', location: { lines: { begin: 4 } } });
    expect(error?.fingerprint).toMatch(/^[0-9a-f]{64}$/u);
    expect(warning).toMatchObject({ severity: 'minor', location: { lines: { begin: 1 } } });
  });

  it('knows a finding again that only moved, and tells two of the same apart', () => {
    const [here] = entries({ line: 4, column: 2 });
    const [moved, second] = entries({ line: 40, column: 7 }, { line: 41 });
    expect(moved?.fingerprint).toBe(here?.fingerprint);
    expect(second?.fingerprint).not.toBe(here?.fingerprint);
    expect(entries({ message: 'Another.' })[0]?.fingerprint).not.toBe(here?.fingerprint);
  });

  it('shows no hidden characters', () => {
    const [entry] = entries({ message: 'a\u202eb\u001b[2J' });
    expect(entry?.description).toBe('a\\u202eb\\u001b[2J Name another.');
  });
});
