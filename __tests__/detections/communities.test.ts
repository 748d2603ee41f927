import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import { readIdentity } from '../../src/detections/identity.js';
import { readDetections } from '../../src/detections/read-detections.js';
import type { FileSource, ReadDetections } from '../../src/detections/types.js';
import { metadata, pair } from '../support/detections.js';

const RULE = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11';
const A = 'aaaaaaaa-1111-4111-8111-111111111111';
const B = 'bbbbbbbb-2222-4222-8222-222222222222';
const ACME = { name: 'acme', takesUuid: false };
const GLOBEX = { name: 'globex', takesUuid: false };

function read(fields: Readonly<Record<string, unknown>>, target: typeof ACME | null = null): Promise<ReadDetections> {
  const files: Readonly<Record<string, string>> = pair('detections/a', 'A good name', fields);
  const all = Object.entries(files).map(([path, text]) => ({ path, kind: 'file', size: text.length }) as const);
  const source: FileSource = {
    list: () => Promise.resolve(all),
    find: (paths) => Promise.resolve(all.filter(({ path }) => paths.includes(path))),
    read: (wanted) => Promise.resolve(new Map(wanted.map(({ path }) => [path, Buffer.from(files[path] ?? '')]))),
  };
  const changes = { scope: 'all', reason: 'test', since: null } as const;
  const targets = target === null ? null : [ACME, GLOBEX];
  return readDetections({ source, roots: ['detections'], changes, target, targets });
}

function told({ findings }: ReadDetections): readonly string[] {
  return findings.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`);
}

describe('sub-communities in a metadata file', () => {
  it('are read beside the fields, in small letters and in the order of the file', async () => {
    const { detections, findings } = await read({
      available_for_subcommunities: true,
      subcommunities: { [B.toUpperCase()]: 'disabled', [A]: 'enabled' },
    });
    expect(findings).toEqual([]);
    expect(detections[0]).toMatchObject({
      detection: {
        fields: { available_for_subcommunities: true },
        subcommunities: [
          { uuid: B, state: 'disabled' },
          { uuid: A, state: 'enabled' },
        ],
      },
    });
    const [one] = detections;
    expect(one?.kind === 'sound' ? one.detection.fields : {}).not.toHaveProperty('subcommunities');
  });

  it.each([
    ['no key', {}],
    ['null', { subcommunities: null }],
    ['an empty map', { subcommunities: {} }],
  ])('are none with %s', async (_title, fields) => {
    const { detections, findings } = await read(fields);
    expect(findings).toEqual([]);
    expect(detections[0]).toMatchObject({ kind: 'sound' });
    expect(detections[0]).not.toHaveProperty('detection.subcommunities');
  });

  it('may be others for one target', async () => {
    const fields = {
      uuids: {},
      subcommunities: { [A]: 'enabled' },
      targets: { acme: { subcommunities: { [B]: 'enabled' }, community_uuid: A, available_for_subcommunities: false } },
    };
    expect((await read(fields, ACME)).detections[0]).toMatchObject({
      detection: {
        subcommunities: [{ uuid: B, state: 'enabled' }],
        fields: { community_uuid: A, available_for_subcommunities: false },
      },
    });
    const other = (await read(fields, GLOBEX)).detections[0];
    expect(other).toMatchObject({ detection: { subcommunities: [{ uuid: A, state: 'enabled' }] } });
    expect(other).not.toHaveProperty('detection.fields.community_uuid');
  });

  it.each<[what: string, fields: Readonly<Record<string, unknown>>, found: readonly string[]]>([
    ['a list', { subcommunities: [A] }, ['6:21 error metadata-type']],
    ['a name', { subcommunities: { acme: 'enabled' } }, ['7:5 error uuid-invalid']],
    ['a name that objects have', { subcommunities: { constructor: 'enabled' } }, ['7:5 error uuid-invalid']],
    ['a state as a flag', { subcommunities: { [A]: true } }, ['7:45 error metadata-value']],
    ['an unknown state', { subcommunities: { [A]: 'on' } }, ['7:45 error metadata-value']],
    ['no state', { subcommunities: { [A]: null } }, ['7:45 error metadata-value']],
    ['one twice', { subcommunities: { [A]: 'enabled', [A.toUpperCase()]: 'disabled' } }, ['8:5 error metadata-value']],
    [
      "the rule's own community",
      { community_uuid: A.toUpperCase(), subcommunities: { [A]: 'disabled' } },
      ['8:5 error metadata-value'],
    ],
  ])('are refused as %s', async (_what, fields, found) => {
    const result = await read(fields);
    expect(told(result)).toEqual(found);
    expect(result.detections[0]?.kind).toBe('faulty');
  });

  it('are told of the overlay that they stand in, and hold back its target alone', async () => {
    const fields = {
      targets: {
        acme: { community_uuid: A, subcommunities: { [A]: 'enabled' } },
        globex: { subcommunities: { x: 1 } },
      },
    };
    expect(told(await read(fields, ACME))).toEqual(['10:9 error metadata-value']);
    const { findings } = await read(fields, GLOBEX);
    expect(findings).toMatchObject([{ code: 'uuid-invalid', message: expect.stringContaining('`globex`') as unknown }]);
  });

  it('name foreign text in no more than a line', async () => {
    const { findings } = await read({ subcommunities: { '\n::error::x': 'enabled' } });
    expect(findings[0]?.message).not.toContain('\n');
  });
});

describe('the community in any version of a file', () => {
  it('is the one of the target', () => {
    const text = metadata('A good name', { uuid: RULE, community_uuid: A, targets: { acme: { community_uuid: B } } });
    const at = (target: typeof ACME | null): unknown => readIdentity('a.json', Buffer.from(text), target)?.community;
    expect([at(null), at(ACME), at(GLOBEX)]).toEqual([A, B, A]);
  });

  it('is none where no UUID stands', () => {
    const text = metadata('A good name', { uuid: RULE, community_uuid: 'acme' });
    expect(readIdentity('a.json', Buffer.from(text), null)).not.toHaveProperty('community');
  });
});
