import { pairs, pattern } from '../__tests__/support/detections.js';
import { startSite } from '../__tests__/support/site.js';
import { seconds, sizeOf } from './measure.js';

/** Requests to Sekoia for one changed detection, and for none. Goals: at most 3, and 0. */
export async function requests(): Promise<void> {
  const number = sizeOf('BENCH_DETECTIONS', 1000);
  const site = await startSite();
  try {
    await site.push(pairs(number));
    const cases = {
      'one of them changed (goal: at most 3)': { 'detections/group-0/rule-0000_sigma.yml': pattern('changed.exe') },
      'none of them changed (goal: 0)': { 'README.md': '# Changed\n' },
    };
    console.log(`${number} detections in the repository and on the platform`);
    for (const [title, change] of Object.entries(cases)) {
      const sent = site.sekoia.requests.length;
      const run = await site.push(change, { inputs: { 'requests-per-second': '5' } });
      const calls = site.sekoia.requests.slice(sent).map(({ method }) => method);
      const told = calls.length === 0 ? '' : ` (${calls.join(', ')})`;
      console.log(`  ${title}: ${calls.length} requests${told}, ${seconds(run.durationMs)}, exit ${run.exitCode}`);
    }
  } finally {
    await site.stop();
  }
}
