import { describe, expect, it } from '@jest/globals';
import { compilePattern } from '../../../src/sigma/evaluate.js';
import { parseInstant } from '../../../src/sigma/match/instant.js';
import { zoneClock } from '../../../src/sigma/match/zone-clock.js';
import { detection, evaluator, parse } from '../patterns.js';

function at(selection: string, zone?: string): (timestamp: unknown) => boolean {
  const { matches } = evaluator((zone === undefined ? '' : `timezone: ${zone}\n`) + detection(selection));
  return (timestamp) => matches({ timestamp });
}

describe('a time in an event', () => {
  it.each<[text: string, iso: string | undefined]>([
    ['2025-01-06T10:00:00Z', '2025-01-06T10:00:00.000Z'],
    ['2025-01-06T10:00:00.123456789+02:00', '2025-01-06T08:00:00.123Z'],
    ['2025-01-06 10:00:00', '2025-01-06T10:00:00.000Z'],
    ['2025-01-06T10:00-0530', '2025-01-06T15:30:00.000Z'],
    ['2025-01-06', '2025-01-06T00:00:00.000Z'],
    ['1736157600', '2025-01-06T10:00:00.000Z'],
    ['1736157600000', '2025-01-06T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0050-01-01', '0050-01-01T00:00:00.000Z'],
    ['2025-02-29T00:00:00Z', undefined],
    ['2025-13-01', undefined],
    ['2025-01-06T25:00:00Z', undefined],
    ['10:00', undefined],
    ['', undefined],
    ['yesterday', undefined],
    ['99999999999999999', undefined],
    ['1e10', undefined],
  ])('%j is %s', (text, iso) => {
    const instant = parseInstant(text);
    expect(instant === undefined ? undefined : new Date(instant).toISOString()).toBe(iso);
  });
});

describe('a wall clock', () => {
  it.each([
    ['Europe/Paris', '2025-03-30T00:59:59Z', '2025-03-30', 119],
    ['Europe/Paris', '2025-03-30T01:00:00Z', '2025-03-30', 180],
    ['Europe/Paris', '2025-10-26T00:30:00Z', '2025-10-26', 150],
    ['Europe/Paris', '2025-10-26T01:30:00Z', '2025-10-26', 150],
    ['Asia/Kathmandu', '2025-01-01T18:15:00Z', '2025-01-02', 0],
    ['Australia/Lord_Howe', '2025-10-04T15:29:00Z', '2025-10-05', 119],
    ['Australia/Lord_Howe', '2025-10-04T15:30:00Z', '2025-10-05', 150],
    ['America/Los_Angeles', '2025-01-01T07:59:59Z', '2024-12-31', 1439],
    ['UTC', '2025-01-01T00:00:00Z', '2025-01-01', 0],
    ['Asia/Dubai', '0001-01-01T00:00:00Z', '0001-01-01', 221],
  ])('of %s at %s shows %s, minute %i', (zone, time, date, minuteOfDay) => {
    expect(zoneClock(zone)(parseInstant(time) ?? NaN)).toMatchObject({ date, minuteOfDay });
  });
});

describe('a time modifier', () => {
  it.each<[selection: string, zone: string | undefined, matching: unknown[], other: unknown[]]>([
    [
      'timestamp|timerange: 20:00-06:00',
      undefined,
      ['2025-01-06T20:00:00Z', '2025-01-06T05:59:59.999Z', '2025-01-07T00:00:00Z', 1736193600],
      ['2025-01-06T19:59:59Z', '2025-01-06T06:00:00Z', 'x', null],
    ],
    [
      'timestamp|timerange: 08:00-09:30',
      undefined,
      ['2025-01-06T08:00:00Z', '2025-01-06T09:29:00Z'],
      ['2025-01-06T09:30:00Z'],
    ],
    // Summer: 22:30 in Paris is 20:30 in UTC; winter: 21:30.
    [
      'timestamp|timerange: 22:30-23:00',
      'Europe/Paris',
      ['2025-07-01T20:30:00Z', '2025-01-01T21:30:00Z'],
      ['2025-01-01T20:30:00Z'],
    ],
    [
      'timestamp|day_of_week: saturday',
      undefined,
      ['2025-01-11T00:00:00Z', '2025-01-11T23:59:59Z'],
      ['2025-01-12T00:00:00Z'],
    ],
    [
      'timestamp|day_of_week: saturday',
      'Asia/Dubai',
      ['2025-01-10T20:00:00Z'],
      ['2025-01-10T19:59:59Z', '2025-01-11T20:00:00Z'],
    ],
    ['timestamp|day_of_year: [12-24, 02-29]', undefined, ['2025-12-24T12:00:00Z', '2024-02-29'], ['2025-12-25']],
  ])('%s in %s', (selection, zone, matching, other) => {
    const matches = at(selection, zone);
    expect(matching.filter((time) => !matches(time))).toEqual([]);
    expect(other.filter((time) => matches(time))).toEqual([]);
  });

  it('reads @timestamp when timestamp is not there, and the reverse', () => {
    const { matches } = evaluator(detection('timestamp|day_of_week: monday'));
    expect(matches({ '@timestamp': '2025-01-06' })).toBe(true);
    expect(matches({ timestamp: '2025-01-07', '@timestamp': '2025-01-06' })).toBe(false);
    expect(evaluator(detection("'@timestamp|day_of_week': monday")).matches({ timestamp: '2025-01-06' })).toBe(true);
  });

  it('for holidays needs their dates, which are days in the zone of the pattern', () => {
    const pattern = parse(`timezone: Europe/Paris\n${detection('timestamp|public_holiday_in: [FR, BE]')}`);
    expect(compilePattern(pattern)).toEqual({ kind: 'needs-holidays', countries: ['FR', 'BE'] });
    const compilation = compilePattern(pattern, { holidays: new Map([['FR', new Set(['2025-05-01'])]]) });
    if (compilation.kind !== 'evaluator') throw new Error(compilation.kind);
    const { matches } = compilation.evaluator;
    const times = ['2025-04-30T22:00:00Z', '2025-05-01T21:59:59Z', '2025-05-01T22:00:00Z', '2025-04-30T21:59:59Z'];
    expect(times.map((timestamp) => matches({ timestamp }))).toEqual([true, true, false, false]);
  });

  it('on a pattern with errors is no verdict', () => {
    expect(compilePattern(parse(detection('f|cased: x')))).toMatchObject({
      kind: 'faulty',
      problems: [{ code: 'modifier-unsupported' }],
    });
  });
});
