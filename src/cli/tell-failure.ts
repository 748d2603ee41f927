import { DetectionsError } from '../detections/errors.js';
import { ActionError, messageOf } from '../errors.js';
import { InputError } from '../inputs.js';
import { SettingsFileError } from '../settings-file.js';
import { findingText } from '../terminal/finding-text.js';
import type { Terminal } from '../terminal/terminal.js';
import { printable } from '../text.js';
import { UsageError } from './usage-error.js';

/** 2: what was asked for cannot be done; 1: it could, and did not work out. */
export function tellFailure(thrown: unknown, { note, paint, width }: Terminal): 1 | 2 {
  if (thrown instanceof SettingsFileError) {
    const look = { paint, width, show: (path: string) => path, text: undefined };
    for (const finding of thrown.findings) for (const line of findingText(finding, look)) note(line);
    return 2;
  }
  if (thrown instanceof ActionError) {
    note(`${paint.red('error:')} ${printable(thrown.message)}`);
    note(`  ${paint.dim('help:')} ${printable(thrown.help.replace(/\s*\n\s*/gu, ' '))}`);
    return [UsageError, InputError, DetectionsError].some((kind) => thrown instanceof kind) ? 2 : 1;
  }
  note(`${paint.red('internal error:')} ${printable(messageOf(thrown))}`);
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  for (const line of stack.split('\n')) note(printable(line));
  note('This is a fault of the command: please report it with the lines above.');
  return 1;
}
