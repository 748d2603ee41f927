import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { rulesOf, startSite } from '../support/site.js';
import type { Site } from '../support/site.js';

/** Real input that is not part of the repository (licences), beside it on the machines that have it. */
const SHARED = resolve(fileURLToPath(new URL('../../../shared', import.meta.url)));
const CORPUS = join(SHARED, 'corpora', 'detections');
const SEED = join(SHARED, 'seed-example', 'detections');
const present = existsSync(CORPUS) && existsSync(SEED);
if (!present) console.warn('SKIPPED: e2e/real-input, since the corpora are not on this machine.');

function filesBelow(folder: string, under: string): Record<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    paths.map((path) => [
      `${under}/${relative(folder, join(folder, path)).replaceAll('\\', '/')}`,
      readFileSync(join(folder, path)),
    ]),
  );
}

let site: Site | null = null;
afterEach(async () => {
  await site?.stop();
  site = null;
});

(present ? describe : describe.skip)('real input', () => {
  it("deploys the article's pair unchanged", async () => {
    site = await startSite();
    const files = filesBelow(SEED, 'detections');
    const run = await site.push(files);
    expect(run.exitCode).toBe(0);
    const [rule] = site.sekoia.customRules();
    expect(rule?.payload).toBe(files['detections/bruteforce_windows_sigma.yml']?.toString());
    const before = files['detections/bruteforce_windows.json']!.toString();
    const after = (await site.repository.readAt('main', 'detections/bruteforce_windows.json'))!.toString();
    expect(after).toBe(before.replace('"enabled": true', `"enabled": true,\n    "uuid": "${rule!.uuid}"`));
  });

  it('deploys every pair of the corpus, writes each UUID into its bytes, and then plans nothing', async () => {
    site = await startSite();
    const files = filesBelow(CORPUS, 'detections');
    const metadata = Object.keys(files).filter((path) => /(?<!_tests)\.json$/.test(path));
    const run = await site.push(files);
    expect(rulesOf(run).filter(({ outcome }) => outcome !== 'done')).toEqual([]);
    expect(run.outputs).toMatchObject({ created: String(metadata.length), failed: '0', findings: '0' });
    const payloads = new Map(site.sekoia.customRules().map((rule) => [rule.uuid, rule.payload]));
    for (const { path, uuid } of rulesOf(run)) {
      const pattern = files[path.replace(/\.json$/, '_sigma.yml')]!.toString().replace(/^\ufeff/, '');
      expect(payloads.get(uuid!)).toBe(pattern);
      const after = (await site.repository.readAt('main', path))!.toString();
      expect(after).toContain(uuid!);
      const members = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''));
      expect(members(after)).toEqual({ ...(members(files[path]!.toString()) as object), uuid });
    }
    const again = await site.dispatch();
    expect(again.outputs).toMatchObject({ unchanged: String(metadata.length), created: '0', updated: '0', commit: '' });
  });
});
