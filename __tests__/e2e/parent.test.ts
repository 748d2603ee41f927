import { afterEach, describe, expect, it } from '@jest/globals';
import { metadata, pair } from '../support/detections.js';
import { FIRST } from '../support/sekoia.js';
import type { SekoiaOptions } from '../support/sekoia.js';
import { rulesOf, startSite } from '../support/site.js';
import type { Site } from '../support/site.js';

const sites: Site[] = [];
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

const STRANGER = '33333333-3333-4333-8333-333333333333';

interface Workspace {
  readonly site: Site;
  readonly acme: string;
  readonly globex: string;
}

/** A client whose key is of a parent workspace with two sub-communities. */
async function start(sekoia: SekoiaOptions = {}): Promise<Workspace> {
  const site = await startSite({
    sekoia: { verifiedRules: 5, subcommunities: { [FIRST]: ['acme', 'globex'] }, ...sekoia },
  });
  sites.push(site);
  return { site, acme: site.sekoia.subcommunity('acme'), globex: site.sekoia.subcommunity('globex') };
}

function statesOf({ site, acme, globex }: Workspace, rule: string): readonly unknown[] {
  return [acme, globex].map((each) => site.sekoia.isEnabledIn(rule, each));
}

describe('a rule of a parent workspace', () => {
  it('is made for all, gets its states in each deployment, and is shown so by a plan', async () => {
    const workspace = await start();
    const { site, acme, globex } = workspace;
    const fields = {
      available_for_subcommunities: true,
      subcommunities: { [acme]: 'enabled', [globex.toUpperCase()]: 'disabled' },
    };
    const first = await site.push(pair('detections/a', 'First detection', fields));
    expect(first.exitCode).toBe(0);
    const [rule] = site.sekoia.customRules();
    expect(rule).toMatchObject({ available_for_subcommunities: true, community_uuid: site.sekoia.community });
    expect(statesOf(workspace, rule!.uuid)).toEqual([true, false]);
    expect(await site.repository.readAt('main', 'detections/a.json')).toEqual(
      Buffer.from(metadata('First detection', { ...fields, uuid: rule!.uuid })),
    );

    const turned = { ...fields, uuid: rule!.uuid, subcommunities: { [acme]: 'disabled', [globex]: 'enabled' } };
    const planned = await site.pullRequest({ 'detections/a.json': metadata('First detection', turned) });
    expect(planned.exitCode).toBe(0);
    expect(rulesOf(planned)).toMatchObject([
      {
        operation: 'unchanged',
        outcome: 'skipped',
        reason: 'its state in 2 sub-communities will be set, and cannot be compared',
      },
    ]);
    expect(planned.summary).toContain('its state in 2 sub-communities will be set');
    expect(planned.outputs).toMatchObject({ unchanged: '1', updated: '0' });
    expect(statesOf(workspace, rule!.uuid)).toEqual([true, false]);

    const second = await site.push({ 'detections/a.json': metadata('First detection', turned) });
    expect(second.exitCode).toBe(0);
    expect(second.outputs).toMatchObject({ unchanged: '1', updated: '0', failed: '0' });
    expect(statesOf(workspace, rule!.uuid)).toEqual([false, true]);
  });

  it('is in place where a sub-community is refused, and the run that corrects it makes up for the rest', async () => {
    const workspace = await start();
    const { site, acme, globex } = workspace;
    const wrong = { subcommunities: { [STRANGER]: 'enabled', [acme]: 'enabled' } };
    const failed = await site.push(pair('detections/a', 'First detection', wrong));
    const [rule] = site.sekoia.customRules();
    expect(failed.exitCode).toBe(1);
    expect(failed.outputs).toMatchObject({ created: '0', failed: '1' });
    expect(rulesOf(failed)).toMatchObject([{ operation: 'create', outcome: 'failed', uuid: rule!.uuid }]);
    expect(failed.summary).toContain(STRANGER);
    expect(failed.summary).toContain('AU202');
    expect(statesOf(workspace, rule!.uuid)).toEqual([true, undefined]);

    const right = { subcommunities: { [globex]: 'enabled' }, uuid: rule!.uuid };
    const next = await site.push({ 'detections/a.json': metadata('First detection', right) });
    expect(next.exitCode).toBe(0);
    expect(site.sekoia.customRules()).toHaveLength(1);
    expect(statesOf(workspace, rule!.uuid)).toEqual([true, true]);
  });

  it('of one community is made, updated and taken away there', async () => {
    const { site, acme } = await start();
    const fields = { community_uuid: acme };
    expect((await site.push(pair('detections/a', 'First detection', fields))).exitCode).toBe(0);
    const [rule] = site.sekoia.customRules();
    expect(rule).toMatchObject({ community_uuid: acme, enabled: true });
    const more = { ...fields, uuid: rule!.uuid, enabled: false };
    expect((await site.push({ 'detections/a.json': metadata('First detection', more) })).exitCode).toBe(0);
    expect(rule).toMatchObject({ community_uuid: acme, enabled: false });

    const gone = await site.push(
      { 'detections/a.json': null, 'detections/a_sigma.yml': null },
      { inputs: { 'on-removed': 'delete' } },
    );
    expect(gone.outputs).toMatchObject({ deleted: '1' });
    expect(site.sekoia.customRules()).toEqual([]);
    expect(site.sekoia.requests.at(-1)).toMatchObject({ method: 'DELETE', query: { community_uuid: acme } });
  });

  it('that the platform put elsewhere is told with both communities, known to its file, and not made again', async () => {
    const { site, acme } = await start({ switches: { communities: 'replaced' } });
    const failed = await site.push(pair('detections/a', 'First detection', { community_uuid: acme }));
    const [rule] = site.sekoia.customRules();
    expect(failed.exitCode).toBe(1);
    expect(failed.summary).toContain(acme);
    expect(failed.summary).toContain(site.sekoia.community);
    expect(await site.repository.readAt('main', 'detections/a.json')).toEqual(
      Buffer.from(metadata('First detection', { community_uuid: acme, uuid: rule!.uuid })),
    );

    const before = site.sekoia.requests.length;
    const again = await site.dispatch();
    expect(again.exitCode).toBe(1);
    expect(rulesOf(again)).toMatchObject([{ operation: 'blocked', outcome: 'failed', uuid: rule!.uuid }]);
    expect(site.sekoia.requests.slice(before).every(({ method }) => method === 'GET')).toBe(true);
    expect(site.sekoia.customRules()).toHaveLength(1);
  });
});
