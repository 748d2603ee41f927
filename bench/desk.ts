import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { metadata } from '../__tests__/support/detections.js';
import { detectionBlocks } from './detection-blocks.js';
import { median, ms, sizeOf, timed } from './measure.js';

const COMMAND = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** `check` on a thousand detections of SigmaHQ's patterns, from the start of the process. Goal: under 2 s on two cores. */
export async function desk(): Promise<void> {
  const blocks = detectionBlocks()?.slice(0, sizeOf('BENCH_DETECTIONS', 1000));
  if (blocks === undefined) return;
  const rounds = sizeOf('BENCH_ROUNDS', 5);
  const root = await mkdtemp(path.join(tmpdir(), 'bench-desk-'));
  try {
    for (const [index, block] of blocks.entries()) {
      const folder = path.join(root, 'detections', `group-${index % 20}`);
      await mkdir(folder, { recursive: true });
      const stem = path.join(folder, `rule-${String(index).padStart(4, '0')}`);
      await writeFile(`${stem}.json`, metadata(`Rule number ${index}`));
      await writeFile(`${stem}_sigma.yml`, block);
    }
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    const elapsed = (...args: readonly string[]): Promise<string> => measured(rounds, [COMMAND, ...args], root);
    console.log(`Node ${process.versions.node}, ${blocks.length} detections, medians of ${rounds}`);
    console.log(`  an empty script                       ${await measured(rounds, ['-e', '0'], root)}`);
    console.log(`  --version                             ${await elapsed('--version')}`);
    console.log(
      `  check of one file                     ${await elapsed('check', 'detections/group-0/rule-0000.json')}`,
    );
    console.log(
      `  check --quiet                         ${await elapsed('check', '--quiet')}   (goal: under 2,000 ms)`,
    );
    console.log(`  check, every finding with its line    ${await elapsed('check')}`);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Prints what the process worked, all its threads together: other processes disturb it less than the clock. */
const WORK = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write('\\nworked ' + (user + system) / 1000);
})`;

/** The clock, and the work of the process's threads. */
async function measured(rounds: number, args: readonly string[], cwd: string): Promise<string> {
  const clock: number[] = [];
  const work: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const preload = ['--import', `data:text/javascript,${encodeURIComponent(WORK)}`];
    const { elapsedMs, status, output } = await timed(process.execPath, [...preload, ...args], { cwd });
    if (status !== 0 && status !== 1) throw new Error(`exit code ${status}: ${output}`);
    clock.push(elapsedMs);
    work.push(Number(/\nworked ([\d.]+)$/.exec(output)?.[1]));
  }
  return `${ms(median(clock))}, ${ms(median(work))} of work`;
}
