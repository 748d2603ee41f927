import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { DEPLOY_OPTIONS, DRIFT_OPTIONS, IMPORT_OPTIONS, NO_OPTIONS } from '../../src/cli/options.js';
import { parseArguments } from '../../src/cli/parse-arguments.js';
import { INPUT_TABLE } from '../../src/input-table.js';
import { listening } from './at-desk.js';

const OPTIONS = [...DEPLOY_OPTIONS, ...DRIFT_OPTIONS, ...IMPORT_OPTIONS];

describe('the options', () => {
  it('are inputs of action.yml, by their names and kinds', async () => {
    const action = parse(await readFile('action.yml', 'utf8')) as { inputs: Readonly<Record<string, unknown>> };
    for (const { name, argument, repeated } of OPTIONS) {
      expect(Object.keys(action.inputs)).toContain(name);
      const { kind } = INPUT_TABLE[name];
      expect([name, kind === 'boolean']).toEqual([name, argument === null]);
      expect([name, kind === 'lines' || kind === 'pairs']).toEqual([name, repeated]);
    }
  });

  it('are all inputs but those that are told why', () => {
    const names = [...new Set(OPTIONS.map(({ name }) => name)), ...Object.keys(NO_OPTIONS)];
    expect([...names].sort()).toEqual(Object.keys(INPUT_TABLE).sort());
  });

  it('are read as the inputs are written', () => {
    const args = ['check', '--detections', 'a', '--detections', '!b', '--checks=*:off', '--require-tests', 'x.json'];
    expect(parseArguments(args, listening({ out: '', err: '' }))).toEqual({
      kind: 'invocation',
      invocation: {
        command: 'check',
        paths: ['x.json'],
        changed: false,
        watch: false,
        json: false,
        quiet: false,
        reports: {},
        inputs: { detections: 'a\n!b', checks: '*:off', 'require-tests': 'true' },
      },
    });
  });

  it('make nothing harmful of what was typed', () => {
    const said = { out: '', err: '' };
    expect(parseArguments(['\u001b[2J\n::error::x'], listening(said))).toEqual({ kind: 'done', exitCode: 2 });
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(said.err).not.toMatch(/\u001b|^\s*::/mu);
  });
});
