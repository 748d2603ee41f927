import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readDetections } from '../../src/detections/read-detections.js';
import { workTreeSource } from '../../src/detections/work-tree-source.js';
import { readTests } from '../../src/rule-tests/read-tests.js';
import { runTests } from '../../src/rule-tests/run-tests.js';
import { parse } from '../sigma/patterns.js';

const root = path.resolve(import.meta.dirname, '../..');
const page = await readFile(path.join(root, 'docs/rule-tests.md'), 'utf8');
const examples = new Map(
  Array.from(page.matchAll(/^<!-- (.+) -->\n\n```yaml\n([\s\S]*?)^```$/gmu), ([, title, text]) => [title, text ?? '']),
);
const names = [...examples.keys()].filter((title) => title?.startsWith('tests: ')).map((title) => title?.slice(7));

describe('the page of rule tests', () => {
  it('has examples', () => {
    expect(names).toEqual(['burst', 'sequence', 'night']);
  });

  it.each(names)('has an example %s whose tests pass', (name) => {
    const reading = readTests(Buffer.from(examples.get(`tests: ${name}`) ?? ''), 'yaml');
    const pattern = parse(examples.get(`pattern: ${name}`) ?? '');
    const eventsOf = (): never => {
      throw new Error('no example has a file');
    };
    const results = runTests({ reading, pattern, eventsOf });
    expect(results).toMatchObject({ passed: reading.kind === 'read' ? reading.count : 0, failed: 0, problems: [] });
    expect(results.passed).toBeGreaterThan(0);
  });

  it('shows a brute force in five lines', () => {
    const burst = examples.get('tests: burst') ?? '';
    expect(burst.split('  - name: ')[1]?.trimEnd().split('\n')).toHaveLength(5);
  });
});

it('the tests of the example repository pass, and its files have no findings', async () => {
  const source = workTreeSource(path.join(root, 'examples/client-repository'));
  const changes = { scope: 'all', reason: 'test', since: null } as const;
  const { detections, findings } = await readDetections({
    target: null,
    targets: null,
    source,
    roots: ['detections'],
    changes,
  });
  expect(findings).toEqual([]);
  expect(detections.map(({ tests }) => tests && [tests.passed, tests.failed])).toEqual([undefined, [2, 0], [2, 0]]);
});
