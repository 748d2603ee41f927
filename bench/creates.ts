import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pair } from '../__tests__/support/detections.js';
import { startSekoia } from '../__tests__/support/sekoia.js';
import { API_KEY, startSite } from '../__tests__/support/site.js';
import { seconds, sizeOf, timed } from './measure.js';

const LATENCY_MS = 100;

/** Many new detections at once: beside the article's script with the pace lifted, and at the default pace. */
export async function creates(): Promise<void> {
  const number = sizeOf('BENCH_DETECTIONS', 1000);
  const files = Object.assign(
    {},
    ...Array.from({ length: number }, (_, index) => pair(`detections/rule-${index}`, `Suspicious process ${index}`)),
  ) as Readonly<Record<string, string>>;

  const ours = await lifted(files);
  console.log(`${number} creates at ${LATENCY_MS} ms server latency, the pace lifted`);
  console.log(`  this action, write-back included   ${seconds(ours)}`);
  const script = await scripted(files);
  if (typeof script === 'string') console.log(`  SKIPPED: the article's script (${script})`);
  else {
    console.log(`  the article's Python script        ${seconds(script)}`);
    console.log(`  ratio                              ${(ours / script).toFixed(3)}   (goal: at most 0.125)`);
  }

  const { sent, spanMs, elapsedMs } = await paced(files);
  const least = ((sent - 1) / 5) * 1000;
  console.log(`${number} creates at the default pace of 5 requests a second`);
  console.log(`  ${sent} requests in ${seconds(spanMs)} from the first to the last, ${seconds(elapsedMs)} in all`);
  console.log(
    `  requests ÷ 5 a second: ${seconds(least)}; ours is ${((spanMs / least - 1) * 100).toFixed(2)} % above   (goal: 0 to 3 %)`,
  );
}

async function lifted(files: Readonly<Record<string, string>>): Promise<number> {
  const site = await startSite({ sekoia: { switches: { latencyMs: LATENCY_MS } } });
  try {
    const run = await site.push(files, { timeoutMs: 600_000 });
    if (run.exitCode !== 0) throw new Error(`the action failed:\n${run.log}`);
    return run.durationMs;
  } finally {
    await site.stop();
  }
}

async function paced(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly sent: number; readonly spanMs: number; readonly elapsedMs: number }> {
  const site = await startSite();
  try {
    const run = await site.push(files, { timeoutMs: 900_000, inputs: { 'requests-per-second': '5' } });
    if (run.exitCode !== 0) throw new Error(`the action failed:\n${run.log}`);
    const times = site.sekoia.requests.map(({ atMs }) => atMs);
    return { sent: times.length, spanMs: times.at(-1)! - times[0]!, elapsedMs: run.durationMs };
  } finally {
    await site.stop();
  }
}

/** Milliseconds of the article's script over the same files and the same platform, or why it could not be run. */
async function scripted(files: Readonly<Record<string, string>>): Promise<number | string> {
  const beside = fileURLToPath(new URL('../../shared/seed-example/deploy_detections.py', import.meta.url));
  const script = process.env['BENCH_SCRIPT'] ?? beside;
  if (!existsSync(script)) return 'BENCH_SCRIPT names no file, and it is not beside the repository';
  const probe = await timed('python3', ['-c', 'import requests']).catch(() => null);
  if (probe?.status !== 0) return 'python3 with requests is missing: apt-get install python3-requests';
  const sekoia = await startSekoia({ switches: { latencyMs: LATENCY_MS } });
  const folder = await mkdtemp(join(tmpdir(), 'article-'));
  try {
    await mkdir(join(folder, 'detections'));
    // The script sends what the file holds and leaves the rest out, so it gets the required fields in full.
    for (const [path, text] of Object.entries(files)) {
      const complete = path.endsWith('.json')
        ? JSON.stringify({ ...(JSON.parse(text) as object), type: 'sigma', description: '', enabled: true })
        : text;
      await writeFile(join(folder, path), complete);
    }
    const env = { ...process.env, SEKOIA_API_URL: sekoia.url, SEKOIA_API_KEY: API_KEY };
    const { elapsedMs } = await timed('python3', [script], { cwd: folder, env });
    const made = sekoia.customRules().length;
    if (made * 2 !== Object.keys(files).length) return `it made ${made} rules of ${Object.keys(files).length / 2}`;
    return elapsedMs;
  } finally {
    await sekoia.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
