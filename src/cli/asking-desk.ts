import { deskHost } from '../hosts/desk.js';
import type { Log } from '../log.js';
import type { Mode } from '../report/types.js';
import type { Terminal } from '../terminal/terminal.js';
import { printable } from '../text.js';
import { workTreeSource } from '../detections/work-tree-source.js';
import type { Desk } from './desk.js';
import type { RunInvocation } from './invocation.js';
import { reportFilesOf } from './report-files.js';
import { UsageError } from './usage-error.js';
import type { Host } from '../hosts/types.js';

/**
 * Where the platform is asked about the commit that is checked out.
 *
 * @throws UsageError without a key
 */
export function askingDesk(desk: Desk, { command, json, quiet, reports }: RunInvocation, mode: Mode): Host {
  const { place, env, terminal, signal } = desk;
  if (['SEKOIA_API_KEY', 'SEKOIA_TARGETS'].every((name) => (env[name] ?? '').trim() === '')) {
    const help = 'Set SEKOIA_API_KEY; a key that may read rules is enough. Options are no place for it.';
    throw new UsageError('missing-key', `\`${command}\` talks to Sekoia, and there is no API key.`, help);
  }
  const source = workTreeSource(place.root);
  const files = reportFilesOf(place, reports);
  const { root, show } = place;
  return deskHost({ root, env, terminal, show, source, signal, mode, json, quiet, files });
}

/** What is under way passes by; what the reader should know stays. */
export function deskLog({ note, passing, paint }: Terminal, quiet: boolean): Log {
  const keep = (line: string): void => {
    if (!quiet) note(paint.dim(printable(line)));
  };
  return {
    info: (line) => {
      if (!quiet) passing(printable(line));
    },
    debug: () => undefined,
    notice: keep,
    warning: (line) => {
      note(paint.yellow(printable(line)));
    },
    group: (_title, body) => body(),
  };
}
