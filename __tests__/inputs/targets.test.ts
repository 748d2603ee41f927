import { describe, expect, it } from '@jest/globals';
import { InputError, readInputs } from '../../src/inputs.js';
import type { Settings } from '../../src/inputs.js';

function read(targets: string, more: Readonly<Record<string, string>> = {}): Settings {
  const given = Object.entries({ targets, ...more });
  return readInputs(Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])));
}

function errorOf(targets: string, more: Readonly<Record<string, string>> = {}): InputError {
  try {
    read(targets, more);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const UUID = '11111111-1111-4111-8111-111111111111';

describe('the input targets', () => {
  it('is read in its order, with the inputs of the step where a target says nothing', () => {
    const { targets, share } = read(
      `
globex: { api-key: key-2, region: fra2, detections: [shared, customers/globex], ring: canary }
acme:
  api-key: ' key-1 '
  community: ${UUID.toUpperCase()}
  takes-uuid: True
  detections: |
    rules
    !rules/old
lab: { api-key: key-3, api-url: 'https://gateway.example/sekoia/' }`,
      { region: 'mco1', detections: 'all' },
    );
    const plain = { ring: null, community: null, takesUuid: false };
    expect(targets).toEqual([
      {
        ...plain,
        name: 'globex',
        apiKey: 'key-2',
        apiUrl: 'https://app.fra2.sekoia.io/api',
        detections: ['shared', 'customers/globex'],
        ring: 'canary',
      },
      {
        ...plain,
        name: 'acme',
        apiKey: 'key-1',
        apiUrl: 'https://app.mco1.sekoia.io/api',
        detections: ['rules', '!rules/old'],
        community: UUID,
        takesUuid: true,
      },
      {
        ...plain,
        name: 'lab',
        apiKey: 'key-3',
        apiUrl: 'https://gateway.example/sekoia',
        detections: ['all'],
      },
    ]);
    expect(share).toEqual(targets);
  });

  it('lets the region of a target win over the api-url of the step', () => {
    const { targets } = read('a: { api-key: k1, region: usa1 }\nb: { api-key: k2 }', {
      'api-url': 'https://gateway.example',
    });
    expect(targets?.map(({ apiUrl }) => apiUrl)).toEqual(['https://app.usa1.sekoia.io/api', 'https://gateway.example']);
  });

  it.each([
    ['digits', '0123', '0123'],
    ['a number with an exponent', '1e3', '1e3'],
    ['a word of YAML', 'null', 'null'],
    ['a yes', 'true', 'true'],
    ['signs in quotes', "'#{&*!|>%@`'", '#{&*!|>%@`'],
  ])('takes a key of %s as the text that it is', (_, written, key) => {
    expect(read(`acme: { api-key: ${written.startsWith("'") ? written : `'${written}'`} }`).targets).toMatchObject([
      { apiKey: key },
    ]);
    if (!written.startsWith("'")) {
      expect(read(`acme:\n  api-key: ${written}`).targets).toMatchObject([{ apiKey: key }]);
    }
  });

  it.each(['acme:\n  api-key:', "acme:\n  api-key: ''", 'acme:\n  ring: x'])(
    'leaves a target without a key for later: %j',
    (text) => {
      expect(read(text).targets).toMatchObject([{ name: 'acme', apiKey: null }]);
    },
  );

  it.each([
    ['a name with a capital', 'Acme: { api-key: k }', 'bad-targets', 'Acme'],
    ['a name that is too long', `${'a'.repeat(41)}: { api-key: k }`, 'bad-targets', 'named'],
    ['a name that leaves its folder', '../x: { api-key: k }', 'bad-targets', '../x'],
    ['a name of a run without targets', 'default: { api-key: k }', 'bad-targets', 'default'],
    ['the prototype as a name', '__proto__: { api-key: k }', 'bad-targets', '__proto__'],
    ['no targets', '{}', 'bad-targets', 'names no target'],
    ['a list', '- acme', 'bad-targets', 'not a map'],
    ['a name twice', 'a: { api-key: k }\na: { api-key: l }', 'bad-targets', 'DUPLICATE_KEY'],
    ['broken YAML', 'a: { api-key: "k', 'bad-targets', 'line 1'],
    ['an alias without its anchor', 'a: *b', 'bad-targets', 'targets'],
    ['both region and api-url', 'a: { region: fra1, api-url: "https://x.example" }', 'bad-targets', 'both'],
    ['a ring with blanks', 'a: { ring: "x y" }', 'bad-targets', 'ring'],
    ['a community that is none', 'a: { community: acme }', 'bad-targets', 'not a UUID'],
    ['a map for a text', 'a: { ring: { x: y } }', 'bad-targets', 'not a text'],
    ['an unknown region', 'a: { region: fra9 }', 'unknown-value', 'region of the target a'],
    ['roots that only exclude', 'a: { detections: ["!x"] }', 'bad-text', 'detections of the target a'],
    ['an address in the clear', 'a: { api-url: "http://x.example" }', 'bad-url', 'api-url of the target a'],
    ['two that take the uuid', 'a: { takes-uuid: true }\nb: { takes-uuid: true }', 'bad-targets', 'a and b'],
    [
      'one key under two names',
      'a: { api-key: kkk }\nb: { api-key: kkk }',
      'bad-targets',
      'the same api-key in a and b',
    ],
    ['one community twice', `a: { community: ${UUID} }\nb: { community: ${UUID} }`, 'bad-targets', 'same community'],
  ])('refuses %s', (_, text, code, words) => {
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('kkk');
    expect(error.help).not.toBe('');
  });

  it('names the key that was meant', () => {
    expect(errorOf('acme: { apikey: x }').help).toContain('Did you mean api-key?');
    expect(errorOf('acme: { detection: x }').help).toContain('Did you mean detections?');
  });

  it.each([
    'acme: a-secret-value',
    'acme: { api-key: "a-secret-value with a blank" }',
    'acme: { api-key: [a-secret-value] }',
    'acme:\n  api-key: a-secret-value\n ring: x: y',
    '[a-secret-value]',
    'a-secret-value',
  ])('never shows what may be a key: %j', (text) => {
    const { message, help } = errorOf(text);
    expect(message + help).not.toContain('a-secret-value');
  });

  it('does not stand beside api-key', () => {
    expect(errorOf('acme: { api-key: k }', { 'api-key': 'other' })).toMatchObject({ code: 'bad-targets' });
  });
});

describe('the input only-targets', () => {
  const TARGETS = 'a: { ring: canary }\nb: { ring: late }\nc: { ring: late }\nd: {}';

  it.each([
    ['', ['a', 'b', 'c', 'd']],
    ['d, a', ['a', 'd']],
    ['late', ['b', 'c']],
    ['canary\n  c ,\n', ['a', 'c']],
    ['b, late', ['b', 'c']],
  ])('%j means %j', (text, names) => {
    const { targets, share } = read(TARGETS, { 'only-targets': text });
    expect(share?.map(({ name }) => name)).toEqual(names);
    expect(targets).toHaveLength(4);
  });

  it('refuses what is neither a target nor a ring, and names what was meant', () => {
    const error = errorOf(TARGETS, { 'only-targets': 'a, canry' });
    expect(error).toMatchObject({ code: 'unknown-target' });
    expect(error.message).toContain('canry');
    expect(error.help).toContain('Did you mean canary?');
  });

  it('refuses a share of nothing', () => {
    expect(errorOf('', { 'only-targets': 'a' })).toMatchObject({ code: 'unknown-target' });
  });
});
