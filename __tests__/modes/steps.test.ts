import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../src/log.js';
import { sideBySide } from '../../src/modes/steps.js';
import { stopOf } from '../../src/stop-of.js';
import { InputError } from '../../src/inputs.js';

describe('work side by side', () => {
  it('is bounded, and its results come in the order of the items', async () => {
    let underWay = 0;
    let most = 0;
    const results = await sideBySide(
      Array.from({ length: 50 }, (_, index) => index),
      async (index) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setTimeout(resolve, (50 - index) % 7));
        underWay -= 1;
        return index * 2;
      },
    );
    expect(results).toEqual(Array.from({ length: 50 }, (_, index) => index * 2));
    expect(most).toBe(8);
  });

  it('is nothing for no items', async () => {
    expect(await sideBySide([], () => Promise.reject(new Error('called')))).toEqual([]);
  });
});

describe('what ends a target', () => {
  it('is told in the words of a foreseen failure', () => {
    expect(stopOf(new InputError('bad-text', 'What happened.', 'What to do.'), silentLog)).toEqual({
      message: 'What happened.',
      help: 'What to do.',
    });
  });

  it.each([new TypeError('x is undefined'), 'x is undefined', undefined])('is named a fault of ours: %p', (thrown) => {
    const lines: string[] = [];
    const log = { ...silentLog, info: (line: string) => lines.push(line) };
    const { message, help } = stopOf(thrown, log);
    expect(message).toMatch(/^internal error: /u);
    expect(help).toContain('report it');
    expect(lines.join('\n').includes('TypeError')).toBe(thrown instanceof TypeError);
  });
});
