/**
 * Preloaded into a process (`--import`), makes its time run faster by the factor in FAST_TIME: timers, the promises of
 * timers, AbortSignal.timeout and all clocks. What the process starts (git) and the servers it talks to keep real time.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';
import { promisify } from 'node:util';

const factor = Number(process.env.FAST_TIME ?? '20');
if (!Number.isInteger(factor) || factor < 1) throw new Error('FAST_TIME is no whole number above 0');

/** Node itself turns what is no number, or below 1, into 1. @param {unknown} ms */
const real = (ms) => Number(ms) / factor;

const { setTimeout: later, setInterval: every } = timers;
const { setTimeout: wait, setInterval: ticks, scheduler } = promises;
const waitOf = scheduler.wait.bind(scheduler);

promises.setTimeout = (ms, ...rest) => wait(real(ms ?? 1), ...rest);
promises.setInterval = (ms, ...rest) => ticks(real(ms ?? 1), ...rest);
scheduler.wait = (ms, ...rest) => waitOf(real(ms), ...rest);
timers.setTimeout = (callback, ms, ...rest) => later(callback, real(ms), ...rest);
timers.setTimeout[promisify.custom] = promises.setTimeout;
timers.setInterval = (callback, ms, ...rest) => every(callback, real(ms), ...rest);
globalThis.setTimeout = timers.setTimeout;
globalThis.setInterval = timers.setInterval;

const { AbortSignal, Date: RealDate, performance } = globalThis;
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => timeout(Math.ceil(real(ms)));

const millisecondsNow = performance.now.bind(performance);
const startedMs = millisecondsNow();
performance.now = () => startedMs + (millisecondsNow() - startedMs) * factor;

const startedAt = RealDate.now();
const dateNow = () => Math.round(startedAt + performance.now() - startedMs);
globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(dateNow()).toString(),
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [dateNow()] : given, newTarget),
  get: (target, key, receiver) => (key === 'now' ? dateNow : Reflect.get(target, key, receiver)),
});

const nanosecondsNow = process.hrtime.bigint.bind(process.hrtime);
const startedNs = nanosecondsNow();
const bigint = () => startedNs + (nanosecondsNow() - startedNs) * BigInt(factor);
process.hrtime = Object.assign(
  (since) => {
    const ns = bigint() - (since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]));
    return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
  },
  { bigint },
);

// Named imports of these modules see the new functions from here on.
syncBuiltinESMExports();
