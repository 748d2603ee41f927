import { checks } from './checks.js';
import { creates } from './creates.js';
import { desk } from './desk.js';
import { requests } from './requests.js';
import { sigma } from './sigma.js';
import { startUp } from './start-up.js';
import { targets } from './targets.js';

/**
 * Figures of the bundle against the stand-ins on this machine, and of the dialect on rules of others. Machines differ
 * and are shared: read ratios within one run, not seconds across runs. `npm run bench -- start-up` runs one part;
 * BENCH_DETECTIONS and BENCH_ROUNDS change the sizes, BENCH_TARGETS the number of customers.
 */
const PARTS = { 'start-up': startUp, requests, creates, sigma, checks, targets, desk };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`Unknown part: ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await part();
}
