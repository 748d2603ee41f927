import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const execute = promisify(execFile);
const FAST_TIME = pathToFileURL(fileURLToPath(new URL('fast-time.mjs', import.meta.url))).href;
const UNDICI = pathToFileURL(fileURLToPath(new URL('../../node_modules/undici/index.js', import.meta.url))).href;

/** What a program, an ES module, prints in a process whose time runs 50 times as fast. */
async function printed(program: string): Promise<string> {
  const { stdout } = await execute(
    process.execPath,
    ['--import', FAST_TIME, '--input-type=module', '--eval', program],
    { env: { ...process.env, FAST_TIME: '50' }, timeout: 9_000 },
  );
  return stdout.trim();
}

// A process that waited ten real seconds would be killed after nine.
describe('a process with fast time', () => {
  it.each([
    ['setTimeout', 'await new Promise((done) => setTimeout(done, 10_000));'],
    [
      'setInterval',
      'await new Promise((done) => { const each = setInterval(() => { clearInterval(each); done(); }, 10_000); });',
    ],
    ['node:timers', "import { setTimeout } from 'node:timers'; await new Promise((done) => setTimeout(done, 10_000));"],
    [
      'node:timers, required',
      "import { createRequire } from 'node:module'; const { setTimeout } = createRequire('/')('timers'); await new Promise((done) => setTimeout(done, 10_000));",
    ],
    ['node:timers/promises', "import { setTimeout } from 'node:timers/promises'; await setTimeout(10_000);"],
    [
      'an interval of node:timers/promises',
      "import { setInterval } from 'node:timers/promises'; for await (const _ of setInterval(10_000)) break;",
    ],
    ['scheduler.wait', "import { scheduler } from 'node:timers/promises'; await scheduler.wait(10_000);"],
    ['setTimeout made a promise', "import { promisify } from 'node:util'; await promisify(setTimeout)(10_000);"],
    [
      'a timer that is started anew',
      'await new Promise((done) => { const timer = setTimeout(done, 10_000); setTimeout(() => timer.refresh(), 5_000); });',
    ],
    [
      'AbortSignal.timeout',
      "const signal = AbortSignal.timeout(10_000); const alive = setTimeout(() => {}, 60_000); await new Promise((done) => signal.addEventListener('abort', done)); clearTimeout(alive);",
    ],
    ['performance.now', 'const start = performance.now(); while (performance.now() < start + 10_000);'],
    ['Date.now', 'const start = Date.now(); while (Date.now() < start + 10_000);'],
    ['new Date', 'const start = new Date(); while (new Date() - start < 10_000);'],
    [
      'process.hrtime',
      'const start = process.hrtime.bigint(); while (process.hrtime.bigint() < start + 10_000_000_000n);',
    ],
    [
      'the timeout of undici',
      `import { createServer } from 'node:http'; import { request } from ${JSON.stringify(UNDICI)};
       const server = createServer(() => {}).listen(0, '127.0.0.1', async () => {
         await request('http://127.0.0.1:' + server.address().port, { headersTimeout: 10_000 }).catch((error) => console.log(error.code));
         server.closeAllConnections(); server.close();
       });`,
    ],
  ])('waits ten seconds in a fraction of them by %s', async (means, program) => {
    expect(await printed(`${program} console.log('over');`)).toContain(
      means.includes('undici') ? 'UND_ERR_HEADERS_TIMEOUT' : 'over',
    );
  });

  it('has an abort end a wait before its time', async () => {
    const program =
      "import { setTimeout as wait } from 'node:timers/promises'; await wait(1e9, 0, { signal: AbortSignal.timeout(10_000) }).catch((error) => console.log(error.name));";
    expect(await printed(program)).toBe('AbortError');
  });

  it('says by its clocks that the time has passed', async () => {
    const program =
      'const [a, b, c] = [Date.now(), performance.now(), process.hrtime()]; await new Promise((done) => setTimeout(done, 10_000)); console.log(Math.min(Date.now() - a, performance.now() - b, process.hrtime(c)[0] * 1000) >= 9_000);';
    expect(await printed(program)).toBe('true');
  });

  it('keeps dates what they are', async () => {
    const program =
      "const at = new Date(0); console.log(at instanceof Date, at.constructor === Date, typeof Date(), new Date('2026-01-05T09:00:00Z').toISOString(), Date.UTC(1970, 0, 1));";
    expect(await printed(program)).toBe('true true string 2026-01-05T09:00:00.000Z 0');
  });
});
