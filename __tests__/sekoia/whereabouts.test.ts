import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { openSekoia } from '../../src/sekoia/client.js';
import type { Sekoia } from '../../src/sekoia/client.js';
import type { RuleUuid, WriteRule } from '../../src/sekoia/types.js';
import { startSekoia } from '../support/sekoia.js';
import type { SekoiaOptions, SekoiaStandIn } from '../support/sekoia.js';
import { writeRule } from '../plan/values.js';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

const UNKNOWN = '00000000-0000-4000-8000-000000000001' as RuleUuid;

async function start(
  options: SekoiaOptions = {},
  given: { readonly key?: string; readonly signal?: AbortSignal } = {},
): Promise<{ readonly standIn: SekoiaStandIn; readonly sekoia: Sekoia }> {
  const standIn = await startSekoia(options);
  const sekoia = openSekoia({
    apiUrl: standIn.url,
    apiKey: given.key ?? 'key',
    requestsPerSecond: 0,
    userAgent: 'test',
    env: {},
    signal: given.signal ?? new AbortController().signal,
    log: silentLog,
  });
  open.push({ stop: () => sekoia.close().then(() => standIn.stop()) });
  return { standIn, sekoia };
}

function seeded(standIn: SekoiaStandIn): RuleUuid {
  return standIn.seedRule({ name: 'Suspicious process' }).uuid as RuleUuid;
}

describe('a rule that the platform does not give out', () => {
  it.each([403, 404] as const)('is gone when the list does not have it (answered %i)', async (unknownOnGet) => {
    const { standIn, sekoia } = await start({ switches: { unknownOnGet } });
    const there = seeded(standIn);
    const { byUuid } = await sekoia.readCatalogue({ uuids: [UNKNOWN, there], names: [] });
    expect(byUuid.get(UNKNOWN)).toEqual({ kind: 'gone' });
    expect(byUuid.get(there)).toMatchObject({ kind: 'found' });
  });

  it('is looked for once more by itself', async () => {
    const { standIn, sekoia } = await start();
    expect(await sekoia.whereIs(seeded(standIn))).toBe('there');
    expect(await sekoia.whereIs(UNKNOWN)).toBe('gone');
  });

  it('is not ours when the list has it all the same', async () => {
    const { standIn, sekoia } = await start();
    const uuid = seeded(standIn);
    const refuse = {
      kind: 'answer',
      status: 403,
      body: { code: 'AU202', message: 'Insufficient permissions' },
    } as const;
    standIn.faults.push({ when: ({ path }) => path.endsWith(uuid), do: refuse });
    const { byUuid } = await sekoia.readCatalogue({ uuids: [uuid], names: [] });
    expect(byUuid.get(uuid)).toMatchObject({
      kind: 'failed',
      error: { code: 'forbidden', message: expect.stringContaining('is in the list') },
    });
  });

  it('cannot be told apart with a key that may not read', async () => {
    const { sekoia } = await start({ keys: { blind: ['write'] } }, { key: 'blind' });
    const { byUuid } = await sekoia.readCatalogue({ uuids: [UNKNOWN], names: [] });
    expect(byUuid.get(UNKNOWN)).toMatchObject({ kind: 'failed', error: { code: 'forbidden' } });
  });

  it('cannot be told apart where the list does not end', async () => {
    const { sekoia } = await start({ switches: { offset: 'ignored' } });
    const { byUuid } = await sekoia.readCatalogue({ uuids: [UNKNOWN], names: [] });
    expect(byUuid.get(UNKNOWN)).toMatchObject({ kind: 'failed', error: { code: 'incomplete-listing' } });
  });
});

describe('cancelling', () => {
  const NEW: WriteRule = writeRule();

  it.each([
    { what: 'create', code: 'answer-lost', call: (sekoia: Sekoia) => sekoia.create(NEW) },
    { what: 'update', code: 'cut-off', call: (sekoia: Sekoia, uuid: RuleUuid) => sekoia.update(uuid, NEW) },
  ])('cuts a $what under way after two seconds and says that it may be done', async ({ code, call }) => {
    const cancel = new AbortController();
    const { standIn, sekoia } = await start({ faults: [{ do: { kind: 'hang' } }] }, { signal: cancel.signal });
    const result = call(sekoia, seeded(standIn)).catch((error: unknown) => error);
    while (standIn.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    cancel.abort();
    expect(await result).toMatchObject({ code });
    expect(standIn.requests).toHaveLength(1);
  });

  it('sends nothing more', async () => {
    const cancel = new AbortController();
    const { standIn, sekoia } = await start({}, { signal: cancel.signal });
    cancel.abort();
    await expect(sekoia.create(NEW)).rejects.toMatchObject({ code: 'stopped' });
    expect(standIn.requests).toHaveLength(0);
  });
});
