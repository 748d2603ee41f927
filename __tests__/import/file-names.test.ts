import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roleOf } from '../../src/detections/pair-files.js';
import { fileNames, nameKey } from '../../src/import/file-names.js';
import { folderOf } from '../../src/import/place-files.js';
import { uuid } from './rules.js';

function nameOf(name: string, taken: readonly string[] = []): string | undefined {
  return fileNames([{ uuid: uuid(0xabcdef12), name }], new Set(taken.map(nameKey))).get(uuid(0xabcdef12));
}

function namesOf(names: readonly string[]): readonly (string | undefined)[] {
  const rules = names.map((name, index) => ({ uuid: uuid(index + 1), name }));
  const found = fileNames(rules, new Set());
  return rules.map((rule) => found.get(rule.uuid));
}

describe('the NAME of a rule', () => {
  it.each([
    ['Many failed logons of one account', 'many-failed-logons-of-one-account'],
    ['  MSHTA.exe -> "Remote" (HTA)  ', 'mshta-exe-remote-hta'],
    ['a_sigma', 'a-sigma'],
    ['a_tests.yml', 'a-tests-yml'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..\\..\\windows', 'windows'],
    ['C:\\x', 'c-x'],
    ['.git', 'git'],
    ['~/.ssh $(id) `id`', 'ssh-id-id'],
    ['ends with dots...', 'ends-with-dots'],
    ['e\u0301te\u0301', '\u00e9t\u00e9'],
    ['\u0130stanbul', 'i\u0307stanbul'.normalize('NFC')],
    ['日本語のルール', '日本語のルール'],
    ['हिन्दी नियम', 'हिन्दी-नियम'],
    ['in\u200bvis\u3164ib\u00adle', 'invisible'],
    ['\u202etxt.exe', 'txt-exe'],
    ['\u0301 begins with a mark', 'begins-with-a-mark'],
    ['\ud800 half', 'half'],
    ['🔥🔥🔥🔥🔥', 'rule'],
    ['', 'rule'],
    ['NUL\0', 'rule-nul'],
    ['con', 'rule-con'],
    ['COM1', 'rule-com1'],
    ['lpt\u00b9', 'rule-lpt\u00b9'],
    ['console', 'console'],
    ['x'.repeat(100), 'x'.repeat(80)],
    [`${'x'.repeat(79)} y`, 'x'.repeat(79)],
    ['\u{20000}'.repeat(100), '\u{20000}'.repeat(40)],
  ])('%j is %j', (name, expected) => {
    expect(nameOf(name)).toBe(expected);
  });

  it('has the beginning of the UUID where it is taken, in whatever letter case, and more of it where need be', () => {
    expect(nameOf('Some rule', ['SOME-rule'])).toBe('some-rule-abcdef12');
    expect(nameOf('Some rule', ['some-rule', 'some-rule-abcdef12'])).toBe(`some-rule-${uuid(0xabcdef12)}`);
    const all = ['some-rule', 'some-rule-abcdef12', `some-rule-${uuid(0xabcdef12)}`];
    expect(nameOf('Some rule', all)).toBe(`some-rule-${uuid(0xabcdef12)}-2`);
  });

  it('tells apart all that would have one, and leaves the others alone', () => {
    expect(namesOf(['Twice', 'TWICE!', 'Once'])).toEqual(['twice-00000001', 'twice-00000002', 'once']);
    expect(namesOf(['Straße', 'STRASSE'])).toEqual(['straße-00000001', 'strasse-00000002']);
  });

  it('cannot be stolen by a rule that is called like it', () => {
    expect(namesOf(['Twice', 'Twice', 'Twice 00000001'])).toEqual([
      `twice-${uuid(1)}`,
      'twice-00000002',
      'twice-00000001',
    ]);
  });

  const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.constantFrom(
      'con',
      'CON',
      'a',
      'A',
      'a-00000001',
      'A 00000002',
      'ß',
      'SS',
      'é',
      'e\u0301',
      '..',
      '/',
      'a/b',
      '\\',
    ),
  );

  it('is safe on every file system, other than all others, and the same whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(anyName, { maxLength: 12 }),
        fc.array(anyName, { maxLength: 4 }),
        fc.nat(),
        (names, taken, by) => {
          const rules = names.map((name, index) => ({ uuid: uuid(index + 1), name }));
          const takenKeys = new Set(taken.map(nameKey));
          const found = fileNames(rules, takenKeys);
          const turned = rules.map((_, index) => rules[(index + by) % rules.length]!).reverse();
          expect(new Map([...fileNames(turned, takenKeys)].sort())).toEqual(new Map([...found].sort()));
          const keys = [...found.values()].map(nameKey);
          expect(new Set(keys).size).toBe(rules.length);
          for (const key of keys) expect(takenKeys.has(key)).toBe(false);
          for (const name of found.values()) {
            expect(name).toMatch(/^[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*$/u);
            expect(name).toBe(name.normalize('NFC'));
            expect(name).not.toMatch(/^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])$/i);
            expect(Buffer.byteLength(`${name}_sigma.yml`)).toBeLessThan(255);
            expect(roleOf(`d/${name}.json`)).toEqual({ kind: 'metadata', stem: `d/${name}` });
            expect(roleOf(`d/${name}_sigma.yml`)).toEqual({ kind: 'pattern', stem: `d/${name}` });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the folder of new files', () => {
  it('has taken the NAME of every file and folder right in it, whatever the ending', () => {
    const files = [
      'd/A.JSON',
      'd/b_sigma.yml',
      'd/c_tests.json',
      'd/e.json/x.txt',
      'd/f/g.json',
      'd/README.md',
      'other/h.json',
    ];
    expect([...folderOf('d', files).taken].sort()).toEqual(['a', 'b', 'c', 'e', 'f', 'readme.md']);
    expect([...folderOf('', ['a.json', 'b/c.json']).taken]).toEqual(['a', 'b']);
  });
});
