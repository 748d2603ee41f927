import type { Terminal } from '../terminal/terminal.js';

/** Nobody needs to be told of what is over in a moment. */
const AFTER_MS = 800;
const EVERY_MS = 100;

/** Shows how far a long reading is, on a terminal only. */
export function progressOf({ passing }: Pick<Terminal, 'passing'>): (done: number, total: number) => void {
  const start = performance.now();
  let last = start + AFTER_MS - EVERY_MS;
  return (done, total) => {
    const now = performance.now();
    if (now - last < EVERY_MS) return;
    last = now;
    passing(`Checked ${done} of ${total} …`);
  };
}
