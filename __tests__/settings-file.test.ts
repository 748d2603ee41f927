import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { INPUT_TABLE } from '../src/input-table.js';
import { readInputs } from '../src/inputs.js';
import { SETTINGS_FILE, SettingsFileError, readSettings, withSettingsFile } from '../src/settings-file.js';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'settings-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function valuesOf(text: string): Readonly<Record<string, string>> {
  const { values, findings } = readSettings(Buffer.from(text));
  expect(findings).toEqual([]);
  return Object.fromEntries(values);
}

function findingsOf(text: string | Buffer): readonly string[] {
  return readSettings(Buffer.from(text)).findings.map(
    ({ line, column, message, help }) => `${line}:${column}: ${message} ${help}`,
  );
}

describe('the settings file', () => {
  it('takes every input by its name, but those that are secret or say where a secret goes', () => {
    const names = Object.entries(INPUT_TABLE).filter(([, { kind }]) => kind !== 'not-in-files');
    const text = names
      .map(
        ([name, { kind, default: value }]) =>
          `${name}: ${kind === 'targets' ? '{a: {}}' : JSON.stringify(value ?? '')}`,
      )
      .join('\n');
    expect(Object.keys(valuesOf(text))).toEqual(names.map(([name]) => name));
  });

  it('has the targets without their keys, and without the addresses that keys are sent to', () => {
    const text =
      'targets:\n  acme:\n    ring: canary\n    detections: &all [shared, own]\n  globex: {takes-uuid: true, detections: *all}\n';
    const { targets } = readInputs({ INPUT_TARGETS: valuesOf(text)['targets'] });
    expect(targets).toMatchObject([
      { name: 'acme', apiKey: null, ring: 'canary', detections: ['shared', 'own'], takesUuid: false },
      { name: 'globex', apiKey: null, ring: null, detections: ['shared', 'own'], takesUuid: true },
    ]);
    for (const key of ['api-key', 'api-url']) {
      const [finding] = findingsOf(`targets:\n  acme:\n    ring: x\n    ${key}: something-of-${key}\n`);
      expect(finding).toContain(`4:5: \`${key}\` must not stand in this file.`);
      expect(finding).not.toContain('something');
    }
    expect(findingsOf('targets: acme\n')).toEqual([expect.stringContaining('1:10: `targets` cannot be this.')]);
    expect(findingsOf('targets: {Acme: {}}\n')).toEqual([expect.stringMatching(/^1:10: /)]);
  });

  it('reads values as they are written', () => {
    expect(valuesOf('requests-per-second: 0.50\ncomment: FALSE\nregion: "mco1"\nscope: # none\n')).toEqual({
      'requests-per-second': '0.50',
      comment: 'FALSE',
      region: 'mco1',
      scope: '',
    });
  });

  it.each([
    ['a list', 'detections:\n  - rules\n  - "!rules/old"\n', 'rules\n!rules/old'],
    ['one value', 'detections: rules\n', 'rules'],
    ['lines', 'detections: |\n  rules\n  !rules/old\n', 'rules\n!rules/old\n'],
    ['an alias', 'commit-message: &a rules\ndetections: [*a]\n', 'rules'],
  ])('takes %s for an input of lines', (_, text, value) => {
    expect(valuesOf(text)['detections']).toBe(value);
  });

  it.each([
    ['a map', 'checks:\n  "*": warning\n  yaml-comment: off\n'],
    ['a list of pairs', 'checks:\n  - "*": warning\n  - yaml-comment: off\n'],
    ['a list of lines', 'checks:\n  - "*: warning"\n  - "yaml-comment: off"\n'],
  ])('takes %s for the checks', (_, text) => {
    expect(valuesOf(text)['checks']).toBe('*: warning\nyaml-comment: off');
  });

  it.each([['', '# nothing yet\n', '---\n']])('may be empty: %j', (text) => {
    expect(valuesOf(text)).toEqual({});
  });

  it.each([
    ['api-key: abc', '1:1', 'make a new key'],
    ['region: fra1\ngithub-token: abc', '2:1', 'revoke it'],
    ['api-url: https://sekoia.example.com', '1:1', 'where the key is sent to'],
  ])('takes no secret and no address: %j', (text, place, words) => {
    const [told = ''] = findingsOf(text);
    expect(told).toMatch(new RegExp(`^${place}: .*must not stand in this file`));
    expect(told).toContain(words);
    expect(told).not.toContain('abc');
  });

  it.each([
    [
      'regoin: fra1',
      '1:1: `regoin` is no input. Use the names of the inputs (README.md, "Inputs"). Did you mean `region`?',
    ],
    [
      'scope: chnged',
      '1:8: The input scope is "chnged", which is not a value it can have. Use one of changed, all. Did you mean changed?',
    ],
    ['region:\n  - fra1', '2:3: `region` cannot be such a list. Write one value.'],
    ['detections:\n  a: b', '2:3: `detections` cannot be a map. Write one value, or a list of them.'],
    ['detections:\n  - [a]', '2:3: `detections` cannot be such a list. Write one value, or a list of them.'],
    ['- region', '1:1: This is no map of inputs. Write a line for each, such as `region: fra1`.'],
    ['region: fra1\n---\nregion: fra2', '3:1: A second document begins here. Keep one document.'],
    [
      'checks:\n  yaml-coment: off',
      '2:3: The input checks names "yaml-coment", which is none of the checks of patterns; only those can be set.',
    ],
  ])('says what is wrong, and where: %j', (text, words) => {
    expect(findingsOf(text)[0]).toContain(words);
  });

  it('tells all that is wrong at once', () => {
    expect(findingsOf('a: 1\nscope: x\nb: 2\n')).toHaveLength(3);
  });

  it.each([
    ['a key twice', 'region: fra1\nregion: fra2\n'],
    ['an endless alias', 'detections: &a [*a]\n'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['a prototype', '__proto__: x\nconstructor: y\n'],
    ['a map as key', '? {a: b}\n: c\n'],
    ['deep nesting', `detections: ${'['.repeat(5_000)}`],
  ])('does not stumble over %s', (_, text) => {
    expect(findingsOf(text).length).toBeGreaterThan(0);
  });
});

describe('the variables with the settings file behind them', () => {
  it('let an input win, and the file win over the default', async () => {
    await writeFile(path.join(root, SETTINGS_FILE), 'scope: all\nregion: mco1\nadopt: never\n');
    const env = await withSettingsFile({ INPUT_SCOPE: 'changed', INPUT_REGION: ' ', HOME: '/home' }, root);
    expect(env).toEqual({ INPUT_SCOPE: 'changed', INPUT_REGION: 'mco1', INPUT_ADOPT: 'never', HOME: '/home' });
    expect(readInputs(env)).toMatchObject({ scope: 'changed', adopt: 'never', onMissing: 'fail' });
  });

  it('are as they were without a file', async () => {
    const env = { INPUT_SCOPE: 'all' };
    expect(await withSettingsFile(env, root)).toBe(env);
  });

  it('are refused with path, line and column of what is wrong', async () => {
    await writeFile(path.join(root, SETTINGS_FILE), 'region: fra1\nscpe: all\n');
    const refused = withSettingsFile({}, root);
    await expect(refused).rejects.toThrow(SettingsFileError);
    await expect(refused).rejects.toThrow('.sekoia-detections.yml:2:1: `scpe` is no input.');
  });

  it('never follow a link out of the repository', async () => {
    await writeFile(path.join(root, 'elsewhere'), 'region: mco1\n');
    await symlink('elsewhere', path.join(root, SETTINGS_FILE));
    await expect(withSettingsFile({}, root)).rejects.toThrow('It is a link or folder');
  });

  it('never read a file that is too large', async () => {
    await writeFile(path.join(root, SETTINGS_FILE), '');
    await truncate(path.join(root, SETTINGS_FILE), 4 * 1024 ** 3);
    await expect(withSettingsFile({}, root)).rejects.toThrow('larger than 1 MiB');
  });
});
