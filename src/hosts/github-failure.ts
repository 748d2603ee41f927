import * as core from '@actions/core';
import { ActionError, messageOf } from '../errors.js';
import { printable } from '../text.js';
import { OUTPUTS } from '../report/outputs.js';
import { onOneLine } from '../report/words.js';

const WITHOUT_REPORT: Readonly<Partial<Record<(typeof OUTPUTS)[number], string>>> = {
  rules: '[]',
  strangers: '[]',
  commit: '',
  'pull-request': '',
  report: '',
  sarif: '',
};

/** Tells of a run that ended before it had a report. Every output is set all the same. Returns the exit code. */
export function publishFailure(thrown: unknown): 1 {
  for (const name of OUTPUTS) core.setOutput(name, WITHOUT_REPORT[name] ?? '0');
  if (thrown instanceof ActionError) {
    core.error(printable(`${thrown.message} ${onOneLine(thrown.help)}`), { title: printable(String(thrown.code)) });
    core.info(printable(`The run was stopped: ${thrown.message} ${onOneLine(thrown.help)}`));
    return 1;
  }
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  core.error(printable(`Internal error: ${messageOf(thrown)}`), { title: 'internal-error' });
  for (const line of (stack ?? '').split('\n')) core.info(printable(line));
  core.info('This is a fault of the action: please report it with the lines above.');
  return 1;
}
