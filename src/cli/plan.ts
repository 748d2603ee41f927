import { deskHost } from '../hosts/desk.js';
import type { Log } from '../log.js';
import { run } from '../run.js';
import type { Terminal } from '../terminal/terminal.js';
import { printable } from '../text.js';
import { workTreeSource } from '../detections/work-tree-source.js';
import { inputsOf } from './desk.js';
import type { Desk } from './desk.js';
import type { PlatformInvocation } from './invocation.js';
import { UsageError } from './usage-error.js';

/** How long what is under way may take once it was interrupted. */
const DEADLINE_MS = 3_500;

/**
 * Shows what deploying the commit that is checked out would do: the mode of the action, at the desk. Nothing is written on the platform.
 *
 * @throws UsageError without a key
 */
export async function askPlatform(desk: Desk, invocation: PlatformInvocation): Promise<0 | 1> {
  const { place, env, signal } = desk;
  const { command, inputs, json, quiet } = invocation;
  const key = env['SEKOIA_API_KEY'] ?? '';
  if (key.trim() === '') {
    const help = 'Set SEKOIA_API_KEY; a key that may read rules is enough. Options are no place for it.';
    throw new UsageError('missing-key', `\`${command}\` talks to Sekoia, and there is no API key.`, help);
  }
  const terminal = without([key], desk.terminal);
  const deadline = new AbortController();
  const stop = (): void => {
    setTimeout(() => {
      deadline.abort(new Error('the run was interrupted'));
    }, DEADLINE_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  const source = workTreeSource(place.root);
  const host = deskHost({
    root: place.root,
    env,
    terminal,
    show: place.show,
    source,
    signal,
    mode: command,
    json,
    quiet,
  });
  return run({
    env: inputsOf(env, inputs),
    log: deskLog(terminal, quiet),
    host,
    signal,
    deadline: deadline.signal,
    mask: () => undefined,
  });
}

/** What is under way passes by; what the reader should know stays. */
function deskLog({ note, passing, paint }: Terminal, quiet: boolean): Log {
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

/** The terminal, on which none of the secrets shows, whoever says them. */
function without(secrets: readonly string[], terminal: Terminal): Terminal {
  const clean = (text: string): string => secrets.reduce((told, secret) => told.replaceAll(secret, '***'), text);
  return {
    ...terminal,
    out: (line) => {
      terminal.out(clean(line));
    },
    note: (line) => {
      terminal.note(clean(line));
    },
    passing: (text) => {
      terminal.passing(clean(text));
    },
  };
}
