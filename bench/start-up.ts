import { fileURLToPath } from 'node:url';
import { pair, pattern } from '../__tests__/support/detections.js';
import { startSite } from '../__tests__/support/site.js';
import { median, ms, sizeOf, timed } from './measure.js';

const BUNDLE = fileURLToPath(new URL('../dist/index.js', import.meta.url));

/** From the start of the process to the first request, above an empty Node script. Goal: under 250 ms. */
export async function startUp(): Promise<void> {
  const rounds = sizeOf('BENCH_ROUNDS', 9);
  const site = await startSite();
  try {
    await site.push(pair('detections/a', 'First detection'));

    const empty: number[] = [];
    const loaded: number[] = [];
    const first: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      empty.push((await timed(process.execPath, ['-e', '0'])).elapsedMs);
      // Outside GitHub Actions the bundle ends as soon as it is loaded.
      loaded.push((await timed(process.execPath, [BUNDLE], { env: { PATH: process.env['PATH'] } })).elapsedMs);
      // A push of its own: the last one is deployed, and would send nothing.
      await site.repository.pull();
      await site.repository.commit({ 'detections/a_sigma.yml': pattern(`round-${round}.exe`) });
      const push = await site.repository.push();
      const workspace = await site.repository.checkout(push.after, {
        originUrl: `${site.github.serverUrl}/acme/detections`,
        token: 'ghs_a-token-of-the-workflow',
        depth: 0,
      });
      const sent = site.sekoia.requests.length;
      let started = 0;
      await site.runFor(push, {
        workspace,
        beforeRun: async () => {
          started = performance.now();
          await Promise.resolve();
        },
      });
      first.push((site.sekoia.requests[sent]?.atMs ?? NaN) - started);
    }
    const [base, load, request] = [median(empty), median(loaded), median(first)];
    console.log(`Node ${process.versions.node}, medians of ${rounds}; the base commit is there`);
    console.log(`  an empty script                       ${ms(base)}`);
    console.log(`  start to first request, above it      ${ms(request - base)}   (goal: under 250 ms)`);
    console.log(`    of which loading the bundle         ${ms(load - base)}`);
    console.log(`    of which git, reading, connecting   ${ms(request - load)}`);
  } finally {
    await site.stop();
  }
}
