import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pairs, pattern } from '../__tests__/support/detections.js';
import type { ActionRun } from '../__tests__/support/runner.js';
import type { SiteRun } from '../__tests__/support/site.js';
import { startTargets, targetRun } from '../__tests__/support/targets.js';
import { seconds, sizeOf } from './measure.js';

const MAX_RSS = fileURLToPath(new URL('max-rss.mjs', import.meta.url));

/** Many customers with one library: nothing changed, looked at anew, and one detection changed for all of them. */
export async function targets(): Promise<void> {
  const [customers, detections] = [sizeOf('BENCH_TARGETS', 50), sizeOf('BENCH_DETECTIONS', 200)];
  const names = Array.from({ length: customers }, (_, index) => `customer-${String(index + 1).padStart(2, '0')}`);
  const site = await startTargets(names);
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const entries = Object.fromEntries(names.map((name) => [name, {}]));
  const told = async (title: string, inputs: Readonly<Record<string, string>>, start: Start): Promise<void> => {
    const file = path.join(folder, 'max-rss');
    const sent = site.sekoia.requests.length;
    const run = await start(targetRun(entries, inputs, { preload: MAX_RSS, env: { MAX_RSS_FILE: file } }));
    const requests = site.sekoia.requests.length - sent;
    const memory = `${Math.round(Number(await readFile(file, 'utf8')) / 1024)} MiB`;
    console.log(`  ${title}: ${requests} requests, ${seconds(run.durationMs)}, ${memory}, exit ${run.exitCode}`);
  };
  const paced = { 'requests-per-second': '5' };
  try {
    console.log(`${customers} targets with ${detections} detections each`);
    await told('all of it deployed for the first time, without a pace', {}, (run) => site.push(pairs(detections), run));
    await told('a push that changes no detection', paced, (run) => site.push({ 'README.md': '# Changed\n' }, run));
    await told('every detection looked at, none changed', { ...paced, scope: 'all' }, (run) => site.dispatch(run));
    const change = { 'detections/group-0/rule-0000_sigma.yml': pattern('changed.exe') };
    await told('one detection changed for all', paced, (run) => site.push(change, run));
  } finally {
    await site.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Start = (run: SiteRun) => Promise<ActionRun>;
