import { describe, expect, it } from '@jest/globals';
import { readRest } from '../../src/sekoia/listing.js';
import type { Listing, Page } from '../../src/sekoia/listing.js';
import type { Rule } from '../../src/sekoia/types.js';
import { readRule } from '../../src/sekoia/wire.js';

function rule(number: number): Rule {
  return readRule({ uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` })!;
}

function page(from: number, to: number, total: number | null): Page {
  const rules = Array.from({ length: Math.max(0, to - from) }, (_, index) => rule(from + index));
  return { rules, received: rules.length, total };
}

/** Reads a list whose pages are what `serve` says, and tells which offsets were asked for. */
async function list(
  serve: (offset: number) => Page,
  abreast = 3,
): Promise<{ readonly listing: Listing; readonly offsets: readonly number[] }> {
  const offsets: number[] = [];
  const listing = await readRest(
    serve(0),
    (offset) => {
      offsets.push(offset);
      return Promise.resolve(serve(offset));
    },
    abreast,
  );
  return { listing, offsets };
}

describe('a list', () => {
  it.each([
    [0, []],
    [7, []],
    [10, []],
    [11, [10]],
    [35, [10, 20, 30]],
    [100, [10, 20, 30, 40, 50, 60, 70, 80, 90]],
  ])('of %d rules takes no page too many', async (total, expected) => {
    const { listing, offsets } = await list((offset) => page(offset, Math.min(offset + 10, total), total));
    expect(offsets).toEqual(expected);
    expect([listing.rules.size, listing.gap]).toEqual([total, null]);
  });

  it('advances by what a page held, not by what was asked for', async () => {
    const serve = (offset: number): Page => page(offset, Math.min(offset + (offset === 0 ? 10 : 4), 30), 30);
    const { listing, offsets } = await list(serve);
    expect([...offsets].sort((one, other) => one - other)).toEqual([10, 14, 18, 20, 24, 28]);
    expect([listing.rules.size, listing.gap]).toEqual([30, null]);
  });

  it('is read on when rules were added meanwhile', async () => {
    const { listing } = await list((offset) => {
      const total = offset === 0 ? 20 : 23;
      return page(offset, Math.min(offset + 10, total), total);
    });
    expect([listing.rules.size, listing.gap]).toEqual([23, null]);
  });

  it('has no gap when rules were deleted meanwhile', async () => {
    const { listing } = await list((offset) => (offset === 0 ? page(0, 10, 20) : page(11, 20, 19)));
    expect([listing.rules.size, listing.gap]).toEqual([19, null]);
  });

  it('has a gap when rows moved and one was not seen', async () => {
    const { listing } = await list((offset) => (offset === 0 ? page(0, 10, 20) : page(9, 19, 20)));
    expect([listing.rules.size, listing.gap?.code]).toEqual([19, 'incomplete-listing']);
    expect(listing.gap?.message).toContain('19 of 20');
  });

  it('without a total ends with an empty page', async () => {
    const { listing, offsets } = await list((offset) => page(offset, Math.min(offset + 10, 25), null));
    expect(offsets).toEqual([10, 20, 25]);
    expect([listing.rules.size, listing.gap]).toEqual([25, null]);
  });

  it.each([[null], [500]])('whose offset is ignored ends soon, with a gap (total %j)', async (total) => {
    const { listing, offsets } = await list(() => page(0, 10, total));
    expect(offsets.length).toBeLessThanOrEqual(3);
    expect([listing.rules.size, listing.gap?.code]).toEqual([10, 'incomplete-listing']);
  });

  it('that ends before its total has a gap', async () => {
    const { listing } = await list((offset) => page(offset, Math.min(offset + 10, 25), 40));
    expect(listing.gap?.code).toBe('incomplete-listing');
  });

  it('that never ends is given up', async () => {
    const { listing, offsets } = await list((offset) => page(offset, offset + 10, null));
    expect(offsets.length).toBeLessThan(1000);
    expect(listing.gap?.code).toBe('incomplete-listing');
  });

  it('counts rows without a usable UUID as seen', async () => {
    const { listing } = await list((offset) => {
      const whole = page(offset, Math.min(offset + 10, 20), 20);
      return { ...whole, rules: whole.rules.slice(1) };
    });
    expect([listing.rules.size, listing.gap]).toEqual([18, null]);
  });

  it('asks for no further page once one has failed', async () => {
    const offsets: number[] = [];
    const reading = readRest(
      page(0, 10, 200),
      (offset) => {
        offsets.push(offset);
        return offset === 20
          ? Promise.reject(new Error('broken'))
          : new Promise((resolve) =>
              setImmediate(() => {
                resolve(page(offset, offset + 10, 200));
              }),
            );
      },
      3,
    );
    await expect(reading).rejects.toThrow('broken');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(offsets).toEqual([10, 20, 30]);
  });
});
