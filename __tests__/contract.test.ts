import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { INPUT_TABLE } from '../src/input-table.js';
import { readInputs } from '../src/inputs.js';
import { OUTPUTS } from '../src/report/outputs.js';

const root = path.resolve(import.meta.dirname, '..');

interface ActionFile {
  readonly inputs: Readonly<Record<string, { description?: string; required?: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description?: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const action = parse(await readFile(path.join(root, 'action.yml'), 'utf8')) as ActionFile;

/** Every variable that reading the inputs asks for, whatever becomes of it. */
function inputsRead(): readonly string[] {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_target, name) => {
        if (typeof name === 'string' && name.startsWith('INPUT_')) asked.add(name.slice('INPUT_'.length).toLowerCase());
        return undefined;
      },
    },
  );
  readInputs(env);
  return [...asked].sort();
}

describe('action.yml', () => {
  it('has the inputs and defaults that other people pin', () => {
    const defaults = Object.fromEntries(
      Object.entries(INPUT_TABLE).map(([name, { default: value }]) => [name, action.inputs[name]?.default ?? value]),
    );
    expect(defaults).toEqual({
      'api-key': null,
      region: 'fra1',
      'api-url': null,
      detections: 'detections',
      mode: 'auto',
      scope: 'changed',
      'write-back': 'commit',
      'github-token': '${{ github.token }}',
      'commit-message': 'Add UUIDs of newly deployed detection rules',
      'commit-author': null,
      'requests-per-second': '5',
      adopt: 'safe',
      'on-missing': 'fail',
      'on-removed': 'disable',
      'max-removals': '10',
      drift: 'report',
      'import-to': 'pull-request',
      comment: 'true',
      checks: null,
      'require-tests': 'false',
      targets: null,
      'only-targets': null,
    });
  });

  it('requires no input, since a validating run needs no key', () => {
    expect(Object.values(action.inputs).map(({ required }) => required)).not.toContain(true);
  });

  it('has exactly the inputs that the code reads', () => {
    expect(Object.keys(action.inputs).sort()).toEqual(inputsRead());
  });

  it('has exactly the inputs of the table', () => {
    expect(Object.keys(action.inputs)).toEqual(Object.keys(INPUT_TABLE));
  });

  it('has no default but the token, since the runner would hand it over as if the workflow had set it', () => {
    const having = Object.entries(action.inputs).filter(([, input]) => input.default !== undefined);
    expect(having.map(([name]) => name)).toEqual(['github-token']);
  });

  it('has the defaults of the table where the code has its own', () => {
    const given = Object.fromEntries(
      Object.entries(INPUT_TABLE).map(([name, { default: value }]) => [`INPUT_${name.toUpperCase()}`, value ?? '']),
    );
    expect(readInputs(given)).toEqual(readInputs({}));
  });

  it('has exactly the outputs that the report sets', () => {
    expect(Object.keys(action.outputs)).toEqual([...OUTPUTS]);
  });

  it('describes every input and output', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description ?? '').toMatch(/\S{3}/u);
    }
  });

  it('runs the committed bundle on the runner’s Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });
});

describe('README.md', () => {
  it('has the tables of action.yml', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/readme-tables.mjs', '--check'], { cwd: root });
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  it('shows the two commands first, then the workflow to copy', async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const places = ['npm run demo', 'npm cit', 'queue: max', '<!-- inputs -->'].map((text) => readme.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('shows the workflow that the example repository has, less its choices', async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const example = await readFile(
      path.join(root, 'examples/client-repository/.github/workflows/detections.yml'),
      'utf8',
    );
    const shown = parse(/```yaml\n(name: Detections[\s\S]*?)```/u.exec(readme)?.[1] ?? '') as Record<string, unknown>;
    const whole = parse(example) as Record<string, unknown>;
    for (const key of ['permissions', 'concurrency']) expect(shown[key]).toEqual(whole[key]);
    expect(JSON.stringify(shown['on'])).not.toContain('paths');
  });
});
