import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deskScene } from '../cli/at-desk.js';
import type { DeskScene } from '../cli/at-desk.js';
import { CLEAN_ENV, commit, temporaryFolder } from '../support/temp-repository.js';

const root = path.resolve(import.meta.dirname, '../..');
const COMMAND = path.join(root, 'dist/cli.js');
const NODE = process.env['ACTION_NODE'] ?? process.execPath;
const guide = await readFile(path.join(root, 'docs/desk.md'), 'utf8');

/** Lines of the guide's shell blocks that call the command; desk-plan.test.ts has a platform to plan against. */
const commands = Array.from(guide.matchAll(/^```sh\n([\s\S]*?)^```$/gmu), ([, block]) => (block ?? '').split('\n'))
  .flat()
  .filter((line) => line.startsWith('sekoia-detections') && !line.startsWith('sekoia-detections plan'));

let desk: DeskScene;
let onPath: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  desk = await deskScene();
  await cp(path.join(root, 'examples/client-repository'), desk.root, { recursive: true });
  await commit(desk.root, {});
  onPath = await temporaryFolder();
  const script = `#!/bin/sh\nexec "${NODE}" "${COMMAND}" "$@"\n`;
  await writeFile(path.join(onPath.path, 'sekoia-detections'), script, { mode: 0o755 });
});

afterEach(async () => {
  await desk.remove();
  await onPath.remove();
});

/** By a shell, as the reader would. */
function shell(line: string): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const env = { ...CLEAN_ENV, PATH: `${onPath.path}${path.delimiter}${CLEAN_ENV['PATH'] ?? ''}` };
  return new Promise((resolve) => {
    const child = execFile('/bin/sh', ['-c', line], { cwd: desk.root, env }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? 1, stdout, stderr });
    });
  });
}

describe('docs/desk.md', () => {
  it('shows commands', () => {
    expect(commands.length).toBeGreaterThan(6);
  });

  it.each(commands)('works in the example repository: %s', async (line) => {
    const { exitCode, stdout, stderr } = await shell(line);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).not.toBe('');
  });

  it('shows settings that are taken', async () => {
    const settings = /^```yaml\n(detections:[\s\S]*?)^```$/mu.exec(guide)?.[1] ?? '';
    await writeFile(path.join(desk.root, '.sekoia-detections.yml'), settings);
    const { exitCode, stdout, stderr } = await shell('sekoia-detections check');
    expect([exitCode, stderr]).toEqual([1, '']);
    // That they ask for tests is all that the example lacks.
    expect(new Set(stdout.match(/(?<=: error )[a-z-]+/gu))).toEqual(new Set(['test-missing']));
  });

  it('shows a finding as it is told', async () => {
    const shown = /^```text\n(detections\/[\s\S]*?)^```$/mu.exec(guide)?.[1] ?? '';
    const file = path.join(desk.root, 'detections/windows/encoded_powershell_sigma.yml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('condition: selection', 'condition: selektion'));
    const { stdout } = await shell('sekoia-detections check');
    expect(stdout).toContain(shown);
  });
});
