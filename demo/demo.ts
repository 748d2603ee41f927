import { strict as assert } from 'node:assert';
import type { ActionRun } from '../__tests__/support/runner.js';
import { rulesOf, startSite } from '../__tests__/support/site.js';
import type { Site } from '../__tests__/support/site.js';
import { FIRST_PUSH, SECOND_PUSH, START } from './files.js';

/**
 * Shows the action at work on this machine: a Sekoia community and a GitHub repository on loopback, and the committed
 * dist/index.js as a runner would start it. Fails when anything it shows did not happen.
 */
const site = await startSite({ files: START, sekoia: { switches: { compile: { delayMs: 300 } } } });
try {
  await firstPush(site);
  await secondPush(site);
  await everythingAgain(site);
  heading('All of it happened as shown.');
} finally {
  await site.stop();
}

async function firstPush(at: Site): Promise<void> {
  heading('1. A push to main brings two new detections and a draft');
  const run = await at.push(FIRST_PUSH);
  show(run);
  assert.equal(run.exitCode, 0, run.stderr);
  assert.deepEqual([run.outputs['created'], run.outputs['failed']], ['2', '0']);

  heading('   The rules on the platform');
  const rules = at.sekoia.customRules();
  for (const { uuid, name, enabled, severity } of rules)
    print(`${uuid}  ${name} (severity ${severity}, enabled: ${enabled})`);
  assert.equal(rules.length, 2);
  for (const { name, payload } of rules) {
    assert.ok(Object.values(FIRST_PUSH).includes(payload), `the pattern of ${name} is on the platform byte for byte`);
  }

  heading('   The commit with their UUIDs');
  const [commit] = await at.repository.log('main');
  print(`${commit!.sha.slice(0, 10)}  ${commit!.message}  (${commit!.author}, verified)`);
  assert.equal(run.outputs['commit'], commit!.sha);
  assert.ok(at.github.verified.has(commit!.sha));
  for (const { path, uuid, operation } of rulesOf(run)) {
    const content = (await at.repository.readAt('main', path))!.toString();
    if (operation === 'create') {
      assert.ok(uuid !== null && rules.some((rule) => rule.uuid === uuid) && content.includes(uuid), path);
      print(
        `${path}: ${content
          .split('\n')
          .find((line) => line.includes(uuid))!
          .trim()}`,
      );
    } else {
      assert.equal(content, (FIRST_PUSH as Record<string, string>)[path], `${path} is untouched`);
    }
  }
}

async function secondPush(at: Site): Promise<void> {
  heading('2. The SOC disables a rule on the platform; a push sharpens its pattern and adds a file with mistakes');
  const rule = at.sekoia.customRules().find(({ name }) => name === 'Shadow copies deleted')!;
  rule.enabled = false;
  const run = await at.push(SECOND_PUSH);
  show(run);
  assert.equal(run.exitCode, 1, 'mistakes turn the run red');
  assert.deepEqual([run.outputs['updated'], run.outputs['failed']], ['1', '1']);
  assert.ok(rule.payload.includes('diskshadow.exe'), 'the sound detection was deployed all the same');
  assert.equal(rule.enabled, false, 'what the file does not say stays as the SOC set it');
  assert.ok(run.annotations.some(({ file }) => file === 'detections/network/beacon_sigma.yml'));
}

async function everythingAgain(at: Site): Promise<void> {
  heading('3. A run over everything that is sound plans nothing');
  await at.push({ 'detections/network/beacon.json': null, 'detections/network/beacon_sigma.yml': null });
  const sent = at.sekoia.requests.length;
  const run = await at.dispatch();
  print(lastLine(run));
  assert.equal(run.exitCode, 0);
  assert.equal(run.outputs['unchanged'], '2');
  const writes = at.sekoia.requests.slice(sent).filter(({ method }) => method !== 'GET');
  assert.equal(writes.length, 0);
}

function show(run: ActionRun): void {
  heading('   The log');
  print(run.log.trim());
  heading('   Annotations');
  for (const { level, file, line, title, message } of run.annotations) {
    print(`${level}  ${file ?? '(the run)'}${line === undefined ? '' : `:${line}`}  ${title ?? ''}: ${message}`);
  }
  if (run.annotations.length === 0) print('none');
  heading('   The job summary');
  print(run.summary.trim());
}

function lastLine(run: ActionRun): string {
  return run.log.trim().split('\n').at(-1) ?? '';
}

function heading(text: string): void {
  console.log(`\n\u001b[1m${text}\u001b[0m`);
}

function print(text: string): void {
  console.log(text.replace(/^/gm, '   '));
}
