import { describe, expect, it } from '@jest/globals';
import { InputError, readInputs } from '../src/inputs.js';

/** As the runner does it: upper case, dashes kept. */
function inputs(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

function errorOf(values: Readonly<Record<string, string>>): InputError {
  try {
    readInputs(inputs(values));
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readInputs', () => {
  it.each([
    ['given at all', {}],
    ['filled in', { 'api-key': '', region: ' ', 'api-url': '', detections: '\n', 'requests-per-second': '', mode: '' }],
  ])('has the defaults of the contract when no input is %s', (_, given) => {
    expect(readInputs(inputs(given as Record<string, string>))).toEqual({
      apiKey: null,
      apiUrl: 'https://api.sekoia.io',
      detections: ['detections'],
      mode: 'auto',
      scope: 'changed',
      writeBack: 'commit',
      githubToken: '',
      commitMessage: 'Add UUIDs of newly deployed detection rules',
      commitAuthor: null,
      requestsPerSecond: 5,
      adopt: 'safe',
      onMissing: 'fail',
      onRemoved: 'disable',
      maxRemovals: 10,
      drift: 'report',
      importTo: 'pull-request',
      comment: true,
      checks: [],
      requireTests: false,
      targets: null,
      share: null,
    });
  });

  it('reads every input', () => {
    expect(
      readInputs(
        inputs({
          'api-key': ' key\n',
          region: 'mco1',
          detections: 'rules\r\n\n  more rules/** \n!rules/old',
          mode: 'deploy',
          scope: 'all',
          'write-back': 'push',
          'github-token': 'ghs_1',
          'commit-message': 'Add UUIDs\r\n\r\n[skip ci]\n',
          'commit-author': 'Détection Bot (CI) <bot+ci@example.com>',
          'requests-per-second': '0.5',
          adopt: 'never',
          'on-missing': 'recreate',
          'on-removed': 'delete',
          'max-removals': '0',
          drift: 'pull-request',
          'import-to': 'workspace',
          comment: 'False',
          checks: '*: warning\r\n\n  yaml-comment :off \ntimespan: error',
          'require-tests': 'True',
        }),
      ),
    ).toEqual({
      apiKey: 'key',
      apiUrl: 'https://app.mco1.sekoia.io/api',
      detections: ['rules', 'more rules/**', '!rules/old'],
      mode: 'deploy',
      scope: 'all',
      writeBack: 'push',
      githubToken: 'ghs_1',
      commitMessage: 'Add UUIDs\n\n[skip ci]',
      commitAuthor: { name: 'Détection Bot (CI)', mail: 'bot+ci@example.com' },
      requestsPerSecond: 0.5,
      adopt: 'never',
      onMissing: 'recreate',
      onRemoved: 'delete',
      maxRemovals: 0,
      drift: 'pull-request',
      importTo: 'workspace',
      comment: false,
      checks: [
        { code: '*', severity: 'warning' },
        { code: 'yaml-comment', severity: 'off' },
        { code: 'timespan', severity: 'error' },
      ],
      requireTests: true,
      targets: null,
      share: null,
    });
  });

  it.each([
    ['fra1', 'https://api.sekoia.io'],
    ['fra2', 'https://app.fra2.sekoia.io/api'],
    ['mco1', 'https://app.mco1.sekoia.io/api'],
    ['uae1', 'https://app.uae1.sekoia.io/api'],
    ['usa1', 'https://app.usa1.sekoia.io/api'],
    ['sgp1', 'https://api.sgp1.sekoia.io'],
  ])('knows the region %s', (region, url) => {
    expect(readInputs(inputs({ region })).apiUrl).toBe(url);
  });

  it.each([
    ['https://app.fra2.sekoia.io', 'https://app.fra2.sekoia.io/api'],
    ['https://app.fra2.sekoia.io/api/', 'https://app.fra2.sekoia.io/api'],
    ['https://app.sekoia.io/', 'https://app.sekoia.io/api'],
    ['https://api.sekoia.io/api', 'https://api.sekoia.io'],
    ['https://gateway.example.com/sekoia/api//', 'https://gateway.example.com/sekoia/api'],
    ['https://gateway.example.com', 'https://gateway.example.com'],
    ['http://127.0.0.1:8080/api', 'http://127.0.0.1:8080/api'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes the api-url %s for %s', (given, url) => {
    expect(readInputs(inputs({ 'api-url': given })).apiUrl).toBe(url);
  });

  it.each([
    ['http://api.sekoia.io', 'in the clear'],
    ['http://127.0.0.1.example.com', 'in the clear'],
    ['http://localhost.example.com', 'in the clear'],
    ['ftp://api.sekoia.io', 'in the clear'],
    ['api.sekoia.io', 'not a URL'],
    ['https://user:hunter2@api.sekoia.io', 'user name or a password'],
    ['https://api.sekoia.io?x=1', 'query'],
    ['https://api.sekoia.io/#', 'fragment'],
    ['https://api.sekoia.io/v1', '/v1'],
  ])('refuses the api-url %s', (given, words) => {
    const error = errorOf({ 'api-url': given });
    expect(error.code).toBe('bad-url');
    expect(error.message).toContain(words);
    expect(error.message + error.help).not.toContain('hunter2');
  });

  it.each([
    ['region', 'fra3', 'Use one of fra1, fra2, mco1, uae1, usa1, sgp1. Did you mean fra1?'],
    ['region', 'frankfurt', 'Use one of fra1, fra2, mco1, uae1, usa1, sgp1.'],
    ['mode', 'Deploy', 'Use one of auto, deploy, plan, drift, import, validate, alert-types. Did you mean deploy?'],
    ['scope', 'change', 'Use one of changed, all. Did you mean changed?'],
    ['import-to', 'work-tree', 'Use one of pull-request, workspace. Did you mean workspace?'],
    ['write-back', 'comit', 'Use one of commit, push, pull-request, none. Did you mean commit?'],
  ])('answers %s: %s with the allowed values and the nearest', (name, value, help) => {
    const error = errorOf({ [name]: value });
    expect(error.code).toBe('unknown-value');
    expect(error.message).toBe(`The input ${name} is "${value}", which is not a value it can have.`);
    expect(error.help).toBe(help);
  });

  it.each([
    ['yaml-coment: off', 'unknown-value', 'Did you mean yaml-comment?'],
    ['Field-Unknown: off', 'unknown-value', 'Did you mean field-unknown?'],
    ['yaml-syntax: off', 'unknown-value', 'Did you mean'],
    ['test-failed: warning', 'unknown-value', 'Did you mean'],
    ['field-unknown: ignore', 'unknown-value', 'Use one of error, warning, off.'],
    ['field-unknown', 'bad-text', 'field-unknown: off'],
    ['field-unknown: off # noisy', 'bad-text', 'field-unknown: off'],
  ])('answers the line of checks %s with what can stand there', (line, code, help) => {
    const error = errorOf({ checks: `selection-unused: error\n${line}` });
    expect(error.code).toBe(code);
    expect(error.help).toContain(help);
  });

  it('checks the region even where api-url replaces it', () => {
    expect(errorOf({ region: 'eu', 'api-url': 'https://gateway.example.com' }).code).toBe('unknown-value');
  });

  it.each([
    ['api-key', 'ab hunter2'],
    ['api-key', 'hunter2\nab'],
    ['api-key', 'hunter2\u200b'],
    ['github-token', 'hunter2é'],
  ])('refuses %s with characters that a header cannot carry, without showing it', (name, value) => {
    const error = errorOf({ [name]: value });
    expect(error.code).toBe('bad-secret');
    expect(error.message).toContain(name);
    expect(error.message + error.help).not.toContain(value);
    expect(error.message + error.help).not.toContain('hunter2');
  });

  it.each(['five', '-1', '5,5', 'Infinity', 'NaN', '0x10', '1e3', `1${'0'.repeat(400)}`])(
    'refuses requests-per-second: %s',
    (value) => {
      expect(errorOf({ 'requests-per-second': value }).code).toBe('bad-number');
    },
  );

  it('takes 0 requests per second as no limit', () => {
    expect(readInputs(inputs({ 'requests-per-second': '0' })).requestsPerSecond).toBe(0);
  });

  it.each([
    'bot@example.com',
    'Bot <bot>',
    '<bot@example.com>',
    'Bot <bot@example.com> x',
    'Bot\nX <bot@example.com>',
    'Bot <<bot@example.com>>',
    'Bot <bot@example.com\u0007>',
    '... <bot@example.com>',
  ])('refuses commit-author: %j', (value) => {
    expect(errorOf({ 'commit-author': value }).code).toBe('bad-author');
  });

  it.each(['a\u0000b', 'a\u001b[31mb', 'a\tb', 'a\u0085b'])('refuses commit-message: %j', (value) => {
    expect(errorOf({ 'commit-message': value }).code).toBe('bad-text');
  });

  it('refuses detections that only exclude', () => {
    expect(errorOf({ detections: '!detections/old\n!x' }).code).toBe('bad-text');
  });
});
