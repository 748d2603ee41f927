import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import { githubHost } from '../../src/hosts/github.js';
import { publish } from '../../src/report/publish.js';
import { HOSTILE, UUID_A, create, detection, finding, report, write } from '../report/samples.js';

let folder = '';
let printed = '';
const kept = { env: { ...process.env }, write: process.stdout.write.bind(process.stdout) };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'publish-'));
  for (const [name, file] of Object.entries({ GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary' })) {
    process.env[name] = path.join(folder, file);
    await writeFile(path.join(folder, file), '');
  }
  printed = '';
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    printed += chunk.toString();
    return true;
  };
  // The toolkit keeps the path of the first summary it wrote.
  Object.assign(core.summary, { _filePath: undefined });
});

afterEach(async () => {
  process.stdout.write = kept.write;
  process.env = { ...kept.env };
  await rm(folder, { recursive: true, force: true });
});

const failed = create('a', { kind: 'failed', uuid: null, reason: 'Refused: 50%.', help: 'Shorten it.' });

describe('publishing', () => {
  it('writes outputs and summary, prints the log, and ends with the last line', async () => {
    expect(await publish(report({ outcomes: [failed] }), { host: githubHost({ RUNNER_TEMP: folder }) })).toBe(1);
    expect(await readFile(path.join(folder, 'output'), 'utf8')).toMatch(/^failed<<ghadelimiter_\S+\n1\n/mu);
    expect(await readFile(path.join(folder, 'summary'), 'utf8')).toMatch(/^## ❌ 1 of 1 detection failed\n/u);
    expect(printed).toBe(`::group::1 detection
failed        Rule a  detections/a.json  Refused: 50%.; Shorten it.
::endgroup::
::error title=Failed,file=detections/a.json,line=1::Rule a: Refused: 50%25. Shorten it.
1 of 1 detection failed: see the reasons above, then run the workflow again.
`);
  });

  it('tells the rest when the summary cannot be written', async () => {
    await rm(path.join(folder, 'summary'));
    expect(await publish(report({ outcomes: [failed] }), { host: githubHost({ RUNNER_TEMP: folder }) })).toBe(1);
    expect(printed).toContain('The job summary could not be written: ');
    expect(printed).toContain('::error title=Failed');
  });

  it.each(HOSTILE)('prints no command of its own for %j', async (text) => {
    const made = report({
      outcomes: [
        {
          operation: {
            kind: 'create',
            detection: detection('a', { name: text, path: text }),
            body: write(),
            replaces: null,
          },
          kind: 'failed',
          uuid: UUID_A,
          reason: text,
          help: text,
        },
      ],
      scope: text,
      notes: [text],
      read: { detections: [], findings: [finding(text, { code: text, message: text, help: text })], notes: [] },
      stopped: { message: text, help: text },
    });
    await publish(made, { host: githubHost({ RUNNER_TEMP: folder }) });
    const commands = printed.split(/\r?\n/u).filter((line) => /^\s*::|##\[/u.test(line));
    for (const command of commands) expect(command).toMatch(/^::(?:group::|endgroup::|error title=)/u);
    // Detections, findings, UUIDs and notes are a group each; the stop, the UUID, the failure and the finding an error.
    expect(commands.filter((line) => line.startsWith('::group::'))).toHaveLength(4);
    expect(commands.filter((line) => line.startsWith('::error '))).toHaveLength(4);
    const outputs = (await readFile(path.join(folder, 'output'), 'utf8')).match(/^\w+<<ghadelimiter_/gmu);
    expect(outputs).toHaveLength(13);
  });
});
