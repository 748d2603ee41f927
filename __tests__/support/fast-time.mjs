/**
 * Preloaded into a process (`node --import fast-time.mjs`), makes its time run faster by the factor in the variable
 * FAST_TIME: a wait of ten seconds is over after 10 / FAST_TIME of them, and every clock says that ten have passed. So a
 * program with real waits can be tested whole, and has no switch for it.
 *
 * Covered: setTimeout, setInterval and AbortSignal.timeout; the same by `node:timers` and `node:timers/promises`, their
 * signals and `scheduler.wait` included; Date, performance.now and process.hrtime. Built-in modules are changed before
 * the program loads, and syncBuiltinESMExports carries that to its `import { setTimeout } from 'node:timers'`; undici's
 * own coarse timers stand on setTimeout and follow.
 *
 * Not covered, as Node's own code does not ask the public functions: timeouts of sockets and servers
 * (`socket.setTimeout`, `autoSelectFamilyAttemptTimeout`). Other processes, git above all, keep the real time, and so
 * does whoever answers: with a factor of 20 a deadline of 30 seconds leaves the other side one and a half.
 */
import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { promisify } from 'node:util';

const factor = Number(process.env.FAST_TIME ?? '1');
if (!(factor > 0)) throw new Error(`FAST_TIME is no positive number: ${process.env.FAST_TIME}`);

/** Node takes what is no number, or too large, for one millisecond; that is left to Node. */
const shorter = (ms) => (typeof ms === 'number' && ms > 0 && ms <= 0x7fffffff ? ms / factor : ms);

const { setTimeout: waitOnce, setInterval: waitOften } = timers;
const { setTimeout: pause, setInterval: pauses } = promises;
const { AbortSignal } = globalThis;
const { timeout: abortAfter } = AbortSignal;

promises.setTimeout = (ms, value, options) => pause(shorter(ms), value, options);
promises.setInterval = (ms, value, options) => pauses(shorter(ms), value, options);
promises.scheduler.wait = (ms, options) => pause(shorter(ms), undefined, options);

timers.setTimeout = function setTimeout(callback, ms, ...values) {
  return waitOnce(callback, shorter(ms), ...values);
};
timers.setInterval = function setInterval(callback, ms, ...values) {
  return waitOften(callback, shorter(ms), ...values);
};
Object.defineProperty(timers.setTimeout, promisify.custom, { value: promises.setTimeout });
globalThis.setTimeout = timers.setTimeout;
globalThis.setInterval = timers.setInterval;
AbortSignal.timeout = (ms) => abortAfter.call(AbortSignal, typeof ms === 'number' ? Math.ceil(shorter(ms)) : ms);

const monotonic = performance.now.bind(performance);
const monotonicStart = monotonic();
const fastNow = () => monotonicStart + (monotonic() - monotonicStart) * factor;
Object.defineProperty(performance, 'now', { value: fastNow, configurable: true, writable: true });

const { hrtime } = process;
const hrtimeStart = hrtime.bigint();
const fastHrtime = () => hrtimeStart + (BigInt(Math.round(factor * 1000)) * (hrtime.bigint() - hrtimeStart)) / 1000n;
process.hrtime = Object.assign(
  (since) => {
    const now = fastHrtime() - (since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]));
    return [Number(now / 1_000_000_000n), Number(now % 1_000_000_000n)];
  },
  { bigint: fastHrtime },
);

const RealDate = Date;
const dateStart = RealDate.now();
RealDate.now = () => Math.floor(dateStart + fastNow() - monotonicStart);
globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, made) => Reflect.construct(target, values.length === 0 ? [RealDate.now()] : values, made),
  apply: () => new RealDate(RealDate.now()).toString(),
});
RealDate.prototype.constructor = globalThis.Date;

syncBuiltinESMExports();
