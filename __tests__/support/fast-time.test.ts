import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const PRELOAD = new URL('./fast-time.mjs', import.meta.url);

/** What a script prints in a process whose time runs faster, as JSON, and how long it really took. */
async function run(script: string, factor = '100'): Promise<{ readonly printed: unknown; readonly realMs: number }> {
  const startedAt = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', fileURLToPath(PRELOAD), '--input-type=module', '--eval', script],
    { env: { PATH: process.env['PATH'], FAST_TIME: factor } },
  );
  return { printed: JSON.parse(stdout), realMs: performance.now() - startedAt };
}

it.each([
  ['setTimeout', 'await new Promise((done) => setTimeout(done, 20_000));'],
  [
    'setInterval',
    'await new Promise((done) => { const id = setInterval(() => { clearInterval(id); done(); }, 20_000); });',
  ],
  ['node:timers', 'await new Promise((done) => timers.setTimeout(done, 20_000));'],
  ['node:timers/promises', 'await sleep(20_000);'],
  ['a promisified timer', 'await promisify(setTimeout)(20_000);'],
  ['scheduler.wait', 'await scheduler.wait(20_000);'],
  ['AbortSignal.timeout', "await new Promise((done) => AbortSignal.timeout(20_000).addEventListener('abort', done));"],
])('makes %s and every clock faster', async (_, waiting) => {
  const { printed, realMs } = await run(`
    import timers from 'node:timers';
    import { scheduler, setTimeout as sleep } from 'node:timers/promises';
    import { promisify } from 'node:util';
    const hold = setInterval(() => {}, 1e9);
    const [date, made, now, [seconds], big] = [Date.now(), +new Date(), performance.now(), process.hrtime(), process.hrtime.bigint()];
    ${waiting}
    clearInterval(hold);
    console.log(JSON.stringify([
      Date.now() - date, new Date() - made, performance.now() - now,
      process.hrtime([seconds, 0])[0] * 1000, Number(process.hrtime.bigint() - big) / 1e6,
    ]));`);
  for (const ms of printed as readonly number[]) expect(ms).toBeGreaterThanOrEqual(19_000);
  expect(realMs).toBeLessThan(15_000);
});

it('leaves dates as they are', async () => {
  const { printed } = await run(`console.log(JSON.stringify([
    new Date(0).toISOString(), new Date() instanceof Date, typeof Date(), Date.parse('1970-01-01'), Date.UTC(1970, 0),
    Math.abs(new Date(Date()) - Date.now()) < 100_000,
  ]));`);
  expect(printed).toEqual(['1970-01-01T00:00:00.000Z', true, 'string', 0, 0, true]);
});

it('takes no factor that would stop time', async () => {
  await expect(run('', '0')).rejects.toThrow(/FAST_TIME/u);
});
