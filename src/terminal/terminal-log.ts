import type { Log } from '../log.js';
import { printable } from '../text.js';
import type { Terminal } from './terminal.js';

/** The log of a run as lines on standard error: what was asked for has standard output for itself. */
export function terminalLog(terminal: Terminal, { quiet }: { readonly quiet: boolean }): Log {
  const info = (line: string): void => {
    if (!quiet) terminal.note(printable(line));
  };
  return {
    info,
    debug: () => undefined,
    notice: (message) => {
      info(message);
    },
    warning: (message) => {
      terminal.note(`${terminal.paint.yellow('warning:')} ${printable(message)}`);
    },
    group: (title, body) => {
      info(title);
      return body();
    },
  };
}
