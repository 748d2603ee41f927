import { afterEach, describe, expect, it } from '@jest/globals';
import { writeRule } from '../plan/values.js';
import { FIRST } from '../support/sekoia.js';
import { openClient, seed, sent } from './open-client.js';
import type { Opened } from './open-client.js';

const open: Opened[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(): Promise<Opened & { readonly acme: string }> {
  const opened = await openClient({ platform: { subcommunities: { [FIRST]: ['acme'] } } });
  open.push(opened);
  return { ...opened, acme: opened.platform.subcommunity('acme') };
}

describe('a community', () => {
  it('is named by no call unless somebody asks for it', async () => {
    const { platform, sekoia } = await start();
    const { uuid } = await sekoia.create(writeRule());
    await sekoia.update(uuid, writeRule({ severity: 50 }));
    await sekoia.setEnabled(uuid, 'disabled');
    await sekoia.setEnabled(uuid, 'enabled');
    await sekoia.remove(uuid);
    expect(platform.requests.map(({ query }) => query)).toEqual([{}, {}, {}, {}, {}]);
    expect(JSON.stringify(platform.requests.map(({ body }) => body))).not.toContain('communit');
  });

  it('stands in the query of create, enable, disable and delete, and in the body of create and update', async () => {
    const { platform, sekoia, acme } = await start();
    const body = writeRule({ community_uuid: acme });
    const { uuid, community } = await sekoia.create(body);
    expect(community).toBe(acme);
    await sekoia.update(uuid, body);
    await sekoia.setEnabled(uuid, 'disabled', acme);
    await sekoia.setEnabled(uuid, 'enabled', acme);
    expect(await sekoia.remove(uuid, acme)).toBe('deleted');
    const query = { community_uuid: acme };
    expect(platform.requests.map((request) => request.query)).toEqual([query, {}, query, query, query]);
    const named = { community_uuid: acme };
    expect(platform.requests.slice(0, 2).map((request) => request.body)).toEqual([
      expect.objectContaining(named),
      expect.objectContaining(named),
    ]);
  });

  it('that the key has no right in is refused, and the advice says so', async () => {
    const { platform, sekoia } = await start();
    const uuid = seed(platform);
    const refusal = sekoia.setEnabled(uuid, 'enabled', '33333333-3333-4333-8333-333333333333');
    await expect(refusal).rejects.toMatchObject({
      code: 'forbidden',
      platform: { code: 'AU202' },
      help: expect.stringContaining('parent workspace') as unknown,
    });
    expect(sent(platform)).toEqual(['PUT enabled']);
  });
});
