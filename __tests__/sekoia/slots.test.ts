import { describe, expect, it } from '@jest/globals';
import { createSlots } from '../../src/sekoia/slots.js';

const NEVER = new AbortController().signal;

describe('slots', () => {
  it('are taken at once while there are some, then in the order they were asked for', async () => {
    const slots = createSlots(2);
    expect(await slots.take(NEVER)).toBe(true);
    expect(await slots.take(NEVER)).toBe(true);
    const served: string[] = [];
    const waiting = ['first', 'second'].map(async (name) => {
      await slots.take(NEVER);
      served.push(name);
    });
    await Promise.resolve();
    expect(served).toEqual([]);
    slots.give();
    await waiting[0];
    expect(served).toEqual(['first']);
    slots.give();
    await Promise.all(waiting);
    expect(served).toEqual(['first', 'second']);
  });

  it('are not given to somebody who has left', async () => {
    const slots = createSlots(1);
    await slots.take(NEVER);
    const leaving = new AbortController();
    const left = slots.take(leaving.signal);
    const patient = slots.take(NEVER);
    leaving.abort();
    expect(await left).toBe(false);
    slots.give();
    expect(await patient).toBe(true);
    slots.give();
    expect(await slots.take(leaving.signal)).toBe(false);
    expect(await slots.take(NEVER)).toBe(true);
  });
});
