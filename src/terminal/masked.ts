import type { Terminal } from './terminal.js';

export interface MaskedTerminal {
  readonly terminal: Terminal;
  /** Keeps a text out of all that is printed from here on. */
  readonly mask: (secret: string) => void;
}

/** A terminal that never shows a secret: few systems hide those that a job has. */
export function maskedTerminal(terminal: Terminal): MaskedTerminal {
  const secrets = new Set<string>();
  const clean = (text: string): string => [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  return {
    terminal: {
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
    },
    mask: (secret) => {
      if (secret.trim() !== '') secrets.add(secret);
    },
  };
}
