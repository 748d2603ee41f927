import { startSite } from '../__tests__/support/site.js';
import { metadata } from '../__tests__/support/detections.js';
import { lintPattern } from '../src/sigma/lint/lint-pattern.js';
import { parsePattern } from '../src/sigma/parse/parse-pattern.js';
import { readYaml } from '../src/sigma/read-yaml.js';
import { detectionBlocks } from './detection-blocks.js';
import { ms, seconds, sizeOf } from './measure.js';

/**
 * The share that all checks of patterns have in a run over every detection that finds nothing to do. The checks are timed
 * in this process, from cold, as the bundle does them.
 */
export async function checks(): Promise<void> {
  const number = sizeOf('BENCH_DETECTIONS', 1000);
  const timed = detectionBlocks()
    ?.map(timedCheck)
    .filter(({ isSound }) => isSound)
    .slice(0, number);
  if (timed === undefined) return;
  const patterns = timed.map(({ pattern }) => pattern);
  const checking = timed.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const site = await startSite();
  try {
    await site.push(Object.assign({}, ...patterns.map(detection)) as Record<string, string>);
    const run = await site.dispatch({ inputs: { scope: 'all' } });
    const share = ((100 * checking) / run.durationMs).toFixed(0);
    console.log(`${patterns.length} detections of SigmaHQ's patterns, none to be changed (exit ${run.exitCode})`);
    console.log(`  the whole run                         ${seconds(run.durationMs)}`);
    console.log(`  reading, parsing and checking         ${ms(checking)}, ${share} % of it`);
  } finally {
    await site.stop();
  }
}

function timedCheck(pattern: Buffer): {
  readonly pattern: Buffer;
  readonly elapsedMs: number;
  readonly isSound: boolean;
} {
  const start = performance.now();
  const problems = lintPattern(parsePattern(readYaml(pattern, 'pattern')));
  const elapsedMs = performance.now() - start;
  return { pattern, elapsedMs, isSound: problems.every(({ severity }) => severity !== 'error') };
}

function detection(pattern: Buffer, index: number): Readonly<Record<string, string>> {
  const stem = `detections/rule-${String(index).padStart(4, '0')}`;
  return { [`${stem}.json`]: metadata(`Rule number ${index}`), [`${stem}_sigma.yml`]: pattern.toString() };
}
