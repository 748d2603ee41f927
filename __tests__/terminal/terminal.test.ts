import { describe, expect, it } from '@jest/globals';
import { openTerminal } from '../../src/terminal/terminal.js';

function opened(stream: { isTTY?: boolean; columns?: number }, env: Readonly<Record<string, string>> = {}) {
  const written = { stdout: '', stderr: '' };
  const terminal = openTerminal({
    stdout: { ...stream, write: (text) => (written.stdout += text) },
    stderr: { ...stream, write: (text) => (written.stderr += text) },
    env,
  });
  return { terminal, written };
}

describe('a terminal', () => {
  it.each([
    ['a terminal', { isTTY: true }, {}, true],
    ['a pipe', {}, {}, false],
    ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, true],
    ['a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true],
    ['a terminal with FORCE_COLOR=0', { isTTY: true }, { FORCE_COLOR: '0' }, false],
    ['both', { isTTY: true }, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, false],
  ])('has colours or none: %s', (_, stream, env, hasColours) => {
    const { terminal } = opened(stream, env);
    expect(terminal.paint.red('x') !== 'x').toBe(hasColours);
  });

  it('takes passing text away before the next line', () => {
    const { terminal, written } = opened({ isTTY: true });
    terminal.passing('1 of 2');
    terminal.passing('2 of 2');
    terminal.out('done');
    expect(written).toEqual({ stdout: 'done\n', stderr: '1 of 2\r\u001b[K2 of 2\r\u001b[K' });
  });

  it('has no passing text where nobody watches', () => {
    const { terminal, written } = opened({});
    terminal.passing('1 of 2');
    expect(written.stderr).toBe('');
  });

  it('is as wide as it says, and never too narrow to show anything', () => {
    expect(
      [opened({ columns: 132 }), opened({ columns: 3 }), opened({})].map(({ terminal }) => terminal.width),
    ).toEqual([132, 40, 100]);
  });
});
