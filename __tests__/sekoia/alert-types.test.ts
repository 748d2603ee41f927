import { afterEach, describe, expect, it } from '@jest/globals';
import type { AlertType } from '../../src/sekoia/alert-types.js';
import { findAlertType, nameOfType, nameOfUuid } from '../../src/sekoia/find-alert-type.js';
import type { SekoiaOptions } from '../support/sekoia.js';
import { ALERT_TYPES } from '../support/sekoia/reference-data.js';
import { openClient } from './open-client.js';
import type { Opened } from './open-client.js';

const BRUTE_FORCE = '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7';
const CNC = '47e51ab7-4caa-4c4b-8442-a1caf868806d';

const opened: Opened[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function open(platform: SekoiaOptions = {}): Promise<Opened> {
  const client = await openClient({ platform });
  opened.push(client);
  return client;
}

function queries({ platform }: Opened): readonly string[] {
  return platform.requests.map(({ query }) => new URLSearchParams(query).toString());
}

describe('the list of alert types', () => {
  it('is one request, however often it is asked for', async () => {
    const client = await open();
    const [types] = await Promise.all([client.sekoia.alertTypes(), client.sekoia.alertTypes()]);
    await client.sekoia.alertTypes();
    expect(types).toHaveLength(ALERT_TYPES.length);
    expect(types).toContainEqual({
      uuid: BRUTE_FORCE,
      category: 'intrusion-attempts',
      value: 'brute-force',
      detail: '',
      description: '',
    });
    expect(client.platform.requests.map(({ path }) => path)).toEqual(['/v1/sic/conf/alerts/types']);
    expect(queries(client)).toEqual(['limit=100']);
  });

  it('is read page by page where the platform cuts pages', async () => {
    const client = await open({ switches: { silentPageCap: 25 } });
    expect(await client.sekoia.alertTypes()).toHaveLength(ALERT_TYPES.length);
    expect(queries(client)).toEqual(['limit=100', 'limit=100&offset=25', 'limit=100&offset=50']);
  });

  it('may come without a total from a platform that knows no pages', async () => {
    const client = await open({ switches: { alertTypePages: 'unpaged' } });
    expect(await client.sekoia.alertTypes()).toHaveLength(ALERT_TYPES.length);
    expect(client.platform.requests).toHaveLength(2);
  });

  it.each<[string, NonNullable<SekoiaOptions['switches']>]>([
    ['announces more than it shows', { silentPageCap: 25, offset: 'ignored' }],
    [
      'never ends',
      {
        silentPageCap: 1,
        tamperAlertTypes: (rows) => Array.from({ length: 5000 }, (_, n) => ({ ...rows[0], value: `type-${n}` })),
      },
    ],
    ['fills a page, and gives the same page again', { alertTypePages: 'unpaged', tamperAlertTypes: hundred }],
  ])('is no list to choose from when it %s', async (_title, switches) => {
    const client = await open({ switches });
    await expect(client.sekoia.alertTypes()).rejects.toMatchObject({
      code: 'incomplete-listing',
      message: expect.stringContaining('could not be read to its end'),
    });
    expect(client.platform.requests.length).toBeLessThanOrEqual(20);
  });

  it('leaves rows out that have no name, and keeps those without category or UUID', async () => {
    const odd = [null, 5, 'x', {}, { uuid: BRUTE_FORCE, value: '' }, { uuid: BRUTE_FORCE, value: 7 }];
    const kept = [
      { uuid: BRUTE_FORCE, value: ' brute-force ', category_name: 5, detail: null },
      { uuid: 'not one', category_name: 'Fraud', value: 'phishing', description: 'Mail.' },
    ];
    const client = await open({ switches: { tamperAlertTypes: () => [...odd, ...kept] } });
    expect(await client.sekoia.alertTypes()).toEqual([
      { uuid: BRUTE_FORCE, category: null, value: 'brute-force', detail: '', description: '' },
      { uuid: null, category: 'Fraud', value: 'phishing', detail: '', description: 'Mail.' },
    ]);
  });

  it.each<[string, unknown]>([
    ['is no object', []],
    ['has no rows', { total: 1 }],
    ['has rows of another kind', { items: [{ name: 'x' }], total: 1 }],
  ])('is unreadable when the answer %s', async (_title, body) => {
    const client = await open({ faults: [{ do: { kind: 'answer', status: 200, body } }] });
    await expect(client.sekoia.alertTypes()).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  it.each([
    [403, { code: 'AU202', message: 'Insufficient permissions' }, 'forbidden', 'AU202: Insufficient permissions'],
    [404, { code: 'T404', message: 'Not found' }, 'wrong-url', 'T404: Not found'],
  ])(
    'tells a refusal (%d) in the words of the platform, and the other way to name a type',
    async (status, body, code, words) => {
      const client = await open({ faults: [{ do: { kind: 'answer', status, body } }] });
      await expect(client.sekoia.alertTypes()).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words),
        help: expect.stringContaining('`alert_type_uuid`'),
      });
      await expect(client.sekoia.alertTypes()).rejects.toMatchObject({ code });
      expect(client.platform.requests).toHaveLength(1);
    },
  );
});

function hundred(rows: readonly object[]): readonly unknown[] {
  return Array.from({ length: 100 }, (_, n) => ({ ...rows[0], value: `type-${n}` }));
}

function type(category: string | null, value: string, more: Partial<AlertType> = {}): AlertType {
  return { uuid: uuid(`${category ?? ''}/${value}`), category, value, detail: '', description: '', ...more };
}

function uuid(text: string): string {
  const hex = Buffer.from(text).toString('hex').padEnd(32, '0').slice(-32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const TYPES = [
  type('Intrusion attempts', 'brute-force', { uuid: BRUTE_FORCE, detail: 'Brute force (guessing)' }),
  type('Malicious traffic', 'c&c', { uuid: CNC }),
  type('Malicious traffic', 'blacklist'),
  type('Policy violation', 'blacklist'),
  type('Fraud', 'phishing'),
];

describe('the name of an alert type', () => {
  it.each([
    ['intrusion-attempts/brute-force', BRUTE_FORCE],
    ['brute-force', BRUTE_FORCE],
    ['Intrusion attempts/Brute force', BRUTE_FORCE],
    [' INTRUSION  attempts / brute_force ', BRUTE_FORCE],
    ['intrusion-attempts/brute-force-guessing', BRUTE_FORCE],
    ['malicious-traffic/c&c', CNC],
    ['c&c', CNC],
    ['Malicious traffic/C&C', CNC],
    ['malicious-traffic/c-c', CNC],
    ['policy-violation/blacklist', uuid('Policy violation/blacklist')],
  ])('leads to its type: %s', (written, expected) => {
    expect(findAlertType(TYPES, written)).toEqual({ kind: 'found', uuid: expected });
  });

  it('is ambiguous where several categories have it', () => {
    const found = findAlertType(TYPES, 'blacklist');
    expect(found.kind === 'ambiguous' && found.among.map(nameOfType)).toEqual([
      'malicious-traffic/blacklist',
      'policy-violation/blacklist',
    ]);
  });

  it('is ambiguous where one category has it twice, or has it without a UUID, or another comes without its category', () => {
    const twice = [type('Fraud', 'phishing'), type('fraud', 'Phishing', { uuid: BRUTE_FORCE })];
    expect(findAlertType(twice, 'fraud/phishing')).toMatchObject({ kind: 'ambiguous' });
    expect(findAlertType([type('Fraud', 'phishing', { uuid: null })], 'phishing')).toMatchObject({ kind: 'ambiguous' });
    const halfKnown = [...TYPES, type(null, 'phishing')];
    expect(findAlertType(halfKnown, 'phishing')).toMatchObject({ kind: 'ambiguous' });
    expect(findAlertType(halfKnown, 'fraud/phishing')).toEqual({ kind: 'found', uuid: uuid('Fraud/phishing') });
  });

  it('is found by its own name before the longer one of another', () => {
    const types = [type('Fraud', 'phishing'), type('Fraud', 'masquerade', { detail: 'Phishing' })];
    expect(findAlertType(types, 'phishing')).toEqual({ kind: 'found', uuid: uuid('Fraud/phishing') });
  });

  it.each([
    ['intrusion-attempts/brut-force', ['intrusion-attempts/brute-force']],
    ['brutforce', ['intrusion-attempts/brute-force']],
    ['intrusions/brute-force', ['intrusion-attempts/brute-force']],
    ['fraud/blacklist', ['malicious-traffic/blacklist', 'policy-violation/blacklist']],
    ['something else altogether', []],
    ['', []],
    ['/', []],
    [`${'x'.repeat(100_000)}/y`, []],
  ])('that leads to none is told with the nearest: %#', (written, nearest) => {
    expect(findAlertType(TYPES, written)).toEqual({ kind: 'unknown', nearest });
  });

  it.each([
    [type('Intrusion attempts', 'brute-force'), 'intrusion-attempts/brute-force'],
    [type('malicious-traffic', 'c&c'), 'malicious-traffic/c&c'],
    [type('Other', 'Rat traffic'), 'other/rat-traffic'],
    [type(null, 'brute-force'), 'brute-force'],
    [type('Evil\n::error::x', '</td>|`'), 'evil-error-x/td'],
  ])('is written as category and value', (given, name) => {
    expect(nameOfType(given)).toBe(name);
  });

  it('comes back from a UUID only where it leads there alone', () => {
    expect(nameOfUuid(TYPES, ` ${BRUTE_FORCE.toUpperCase()} `)).toBe('intrusion-attempts/brute-force');
    expect(nameOfUuid(TYPES, '00000000-0000-4000-8000-000000000000')).toBeNull();
    const twice = [type('Fraud', 'phishing'), type('fraud', 'Phishing', { uuid: BRUTE_FORCE })];
    expect(nameOfUuid(twice, BRUTE_FORCE)).toBeNull();
  });

  it('is known for every type of the platform, in each form of its categories', async () => {
    for (const alertCategories of ['slugs', 'names'] as const) {
      const client = await open({ switches: { alertCategories } });
      const types = await client.sekoia.alertTypes();
      for (const each of types) {
        expect(findAlertType(types, nameOfType(each))).toEqual({ kind: 'found', uuid: each.uuid });
      }
    }
  });
});
