import { afterEach, describe, expect, it } from '@jest/globals';
import type { Detection, ReadDetection } from '../src/detections/types.js';
import { resolveAlertTypes } from '../src/resolve-alert-types.js';
import { detection } from './plan/values.js';
import { openClient } from './sekoia/open-client.js';
import type { Opened } from './sekoia/open-client.js';
import type { SekoiaOptions } from './support/sekoia.js';

const BRUTE_FORCE = '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7';

const opened: Opened[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function open(platform: SekoiaOptions = {}): Promise<Opened> {
  const client = await openClient({ platform });
  opened.push(client);
  return client;
}

function named(alertType: string, given: Partial<Detection> = {}): ReadDetection {
  const fields = { name: 'Suspicious process', severity: 40, effort: 2 };
  return { kind: 'sound', detection: detection({ path: `detections/${alertType}.json`, ...given, fields, alertType }) };
}

const PLAIN: ReadDetection = { kind: 'sound', detection: detection() };

describe('the alert types of detections', () => {
  it('are not asked for where none is named, drafts and faulty ones aside', async () => {
    const { sekoia, platform } = await open();
    const faulty: ReadDetection = { kind: 'faulty', path: 'x.json', name: null, uuid: null, errors: [] };
    const detections = [PLAIN, faulty, named('nothing at all', { draft: true })];
    expect(await resolveAlertTypes(sekoia, detections)).toEqual({ detections, held: new Map() });
    expect(platform.requests).toEqual([]);
  });

  it('become UUIDs, by one request for all', async () => {
    const { sekoia, platform } = await open({ switches: { alertCategories: 'names' } });
    const asked = [PLAIN, named('brute-force'), named('Malicious traffic/C&C'), named('malicious-traffic/c&c')];
    const { detections, held } = await resolveAlertTypes(sekoia, asked);
    expect(held.size).toBe(0);
    expect(detections[0]).toBe(PLAIN);
    const uuids = detections.slice(1).map((read) => read.kind === 'sound' && read.detection.fields.alert_type_uuid);
    expect(uuids).toEqual([
      BRUTE_FORCE,
      '47e51ab7-4caa-4c4b-8442-a1caf868806d',
      '47e51ab7-4caa-4c4b-8442-a1caf868806d',
    ]);
    expect(platform.requests).toHaveLength(1);
  });

  it('hold back those alone that lead to none or to several, with what to write', async () => {
    const { sekoia } = await open();
    const asked = [
      named('brute-force'),
      named('intrusion-attempts/brut-force'),
      named('blacklist'),
      named('zzzzzzzzz'),
    ];
    const { held } = await resolveAlertTypes(sekoia, asked);
    expect([...held]).toEqual([
      [
        'detections/intrusion-attempts/brut-force.json',
        {
          code: 'alert-type-unknown',
          message: 'the platform has no alert type "intrusion-attempts/brut-force"',
          help: 'Did you mean `intrusion-attempts/brute-force`? `mode: alert-types` prints all of them.',
        },
      ],
      [
        'detections/blacklist.json',
        expect.objectContaining({
          code: 'alert-type-ambiguous',
          message: expect.stringMatching(/malicious-traffic\/blacklist \(.{36}\), other\/blacklist \(.{36}\), policy/),
        }),
      ],
      ['detections/zzzzzzzzz.json', expect.objectContaining({ help: expect.not.stringContaining('Did you mean') })],
    ]);
  });

  it('hold back those alone that need them when the platform does not tell, in its words', async () => {
    const { sekoia, platform } = await open({
      faults: [{ do: { kind: 'answer', status: 400, body: { code: 'VA301', message: 'No lists today' } } }],
    });
    const { detections, held } = await resolveAlertTypes(sekoia, [PLAIN, named('brute-force'), named('phishing')]);
    expect(detections[0]).toBe(PLAIN);
    expect([...held.keys()]).toEqual(['detections/brute-force.json', 'detections/phishing.json']);
    expect(held.get('detections/phishing.json')?.message).toContain('VA301: No lists today');
    expect(platform.requests).toHaveLength(1);
  });

  it('show no more of hostile names than fits, whatever the platform sends', async () => {
    const { sekoia } = await open({
      switches: {
        alertCategories: 'none',
        tamperAlertTypes: (rows) =>
          Array.from({ length: 90 }, (_, n) => ({
            ...rows[0],
            uuid: `${String(n).padStart(8, '0')}-1111-4111-8111-111111111111`,
            value: 'X'.repeat(100_000),
          })),
      },
    });
    const { held } = await resolveAlertTypes(sekoia, [named('x'.repeat(100_000), { path: 'a.json' })]);
    expect(held.get('a.json')?.code).toBe('alert-type-ambiguous');
    expect(held.get('a.json')?.message.length).toBeLessThan(1000);
  });
});
