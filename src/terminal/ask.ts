import { createInterface } from 'node:readline/promises';

/** What the person answered; null where nobody is there. */
export type Ask = (question: string) => Promise<string | null>;

/**
 * Asks on standard error, where nothing that is piped on gets mixed up with it.
 *
 * @returns the answer; empty when the input ended; null where nobody is there to answer.
 */
export async function askPerson(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => {
      lines.once('close', () => {
        resolve('');
      });
    });
    return await Promise.race([lines.question(question, { signal }), ended]);
  } finally {
    lines.close();
  }
}
