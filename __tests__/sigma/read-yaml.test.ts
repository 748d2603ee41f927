import { Buffer } from 'node:buffer';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readYaml } from '../../src/sigma/read-yaml.js';
import type { Dialect } from '../../src/sigma/read-yaml.js';

function problems(source: string | Uint8Array, dialect: Dialect = 'pattern'): string[] {
  const bytes = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
  return readYaml(bytes, dialect).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

describe('a YAML stream', () => {
  it('has the documents that hold something, markers and empty ones aside', () => {
    const reading = readYaml(Buffer.from('---\na: 1\n---\nb: 2\n---\n...\n'), 'pattern');
    expect(reading.problems).toEqual([]);
    expect(reading.documents.map((document) => document.toJS() as unknown)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('is read past a byte order mark, which counts in no column, and a mark inside a value stays', () => {
    const reading = readYaml(Buffer.from('\ufeffa: x\ufeffy\n'), 'pattern');
    expect(reading).toMatchObject({ hasBom: true, text: 'a: x\ufeffy\n', problems: [] });
    expect(problems('\ufeffa: @x\n')).toEqual(['yaml-plain-value 1:4']);
  });

  it('knows what each alias stands for', () => {
    const reading = readYaml(Buffer.from('a: &x [1]\nb: *x\nc: &x 2\nd: *x\n'), 'pattern');
    expect([...reading.targets.values()].map((node) => String(node))).toEqual(['[1]', '2']);
  });
});

describe('a problem of reading', () => {
  it.each<[what: string, source: string, found: string[]]>([
    ['TAB as indentation', 'a: 1\nnight:\n\t  t: 20\nc: x\n', ['yaml-tab 3:1']],
    ['TAB before a list item', 'a:\n  - x\n\t- y\n', ['yaml-tab 3:1']],
    ['TAB in a flow map', 'a: {\n\tb: 1}\n', ['yaml-tab 2:1']],
    ['TAB in a text block', 'a: |\n\t x\n', ['yaml-tab 2:1']],
    ['TAB behind blanks', 'a:\n  \tb: 1\n', ['yaml-tab 2:3']],
    ['Windows path in double quotes', 'a: 1\nb: "C:\\Users\\x"\n', ['yaml-escape 2:7']],
    ['two bad escapes on two lines', 'a: "\\q"\nb: "\\q"\n', ['yaml-escape 1:5', 'yaml-escape 2:5']],
    ['star', 'a: *mimikatz*\n', ['yaml-plain-value 1:4']],
    ['star in a list', 'a:\n  - *x\n  - *y\n', ['yaml-plain-value 2:5', 'yaml-plain-value 3:5']],
    ['star in a flow list', 'a: [*x*, b]\n', ['yaml-plain-value 1:5']],
    ['star as a key', '*cmd : y\n', ['yaml-plain-value 1:1']],
    ['at', 'a: @x\n', ['yaml-plain-value 1:4']],
    ['back-tick', 'a: `x`\n', ['yaml-plain-value 1:4']],
    ['per cent', 'a: %TEMP%\n', ['yaml-plain-value 1:4']],
    ['exclamation mark', 'a: !x y\n', ['yaml-plain-value 1:4']],
    ['ampersand alone', 'a: &cmd\nb: 1\n', ['yaml-plain-value 1:4']],
    ['ampersand with signs', 'a: &x* y\n', ['yaml-plain-value 1:4']],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', ['yaml-duplicate-key 3:1']],
    ['a key twice further down', 'a:\n  - b: {c: 1, c: 2}\n', ['yaml-duplicate-key 2:15']],
    ['a key twice by PyYAML', 'no: 1\nOff: 2\n', ['yaml-duplicate-key 2:1']],
    ['a number twice by PyYAML', '0x10: 1\n16.0: 2\n', ['yaml-duplicate-key 2:1']],
    ['a colon in a value', 'a: b: c\n', ['yaml-syntax 1:4']],
    ['unlike indentation', 'a:\n   b: 1\n  c: 2\n', ['yaml-syntax 3:1']],
    ['an open bracket', 'a: [1, 2\nb: 1\n', ['yaml-syntax 2:1']],
    ['an open quote', 'a: "x\nb: y\n', ['yaml-syntax 3:1']],
    ['a quote in quotes', "a: 'it's'\nb: c: d\n", ['yaml-syntax 1:8']],
    ['a text block header', 'a: >=5\n', ['yaml-syntax 1:5']],
    ['a map as a key', '{a: b}: c\n', ['yaml-syntax 1:1']],
    ['a control character', 'a: "x\u0007"\n', ['yaml-syntax 1:6']],
    ['NUL', 'a: 1\nb: x\0\n', ['encoding 2:5']],
  ])('is told once and where it is: %s', (_what, source, found) => {
    expect(problems(source)).toEqual(found);
  });

  it.each([
    ['a field under both meanings', "'1': a\n1: b\n"],
    ['anchors in use', 'a: &x 1\nb: *x\n'],
    ['an anchor on nothing in use', 'a: &x\nb: *x\n'],
    ['known types', 'a: !!str 1\nb: ! x\n'],
    ['two merge keys', 'a: &x {k: 1}\nb: {<<: *x, <<: *x}\n'],
    ['TABs in texts and before comments', "a: 'x\ty'\nb: 1\t# c\n"],
    ['names that objects have', '__proto__: 1\nconstructor: 2\ntoString: 3\n'],
  ])('is not: %s', (_what, source) => {
    expect(problems(source)).toEqual([]);
  });

  it('names both lines of a key, and what to do', () => {
    const [problem] = readYaml(Buffer.from('s:\n  f: 1\n  g: 2\n  f: 3\n'), 'pattern').problems;
    expect(problem?.message).toBe('The key `f` stands twice in one map: on line 2 and on line 4.');
    expect(problem?.help).toContain('|all');
  });

  it('compares the keys of metadata by their text', () => {
    expect(problems('no: 1\nOff: 2\n', 'yaml')).toEqual([]);
    expect(problems('{"a": 1, "\\u0061": 2}', 'json')).toEqual(['yaml-duplicate-key 1:10']);
  });

  it.each([
    ['UTF-16 as PowerShell writes it', Buffer.from('\ufeffa: 1\n', 'utf16le'), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from('a: 1\n', 'utf16le'), /UTF-16/],
    ['UTF-16, big-endian', Buffer.from('\ufeffa: 1\n', 'utf16le').swap16(), /UTF-16/],
    ['UTF-16, big-endian, without a mark', Buffer.from('a: 1\n', 'utf16le').swap16(), /UTF-16/],
    ['Latin-1', Buffer.from('a: caf\xe9\n', 'latin1'), /0xE9/],
  ])('is the encoding: %s', (_what, bytes, message) => {
    const reading = readYaml(bytes, 'pattern');
    expect(reading.problems).toMatchObject([{ code: 'encoding', message: expect.stringMatching(message) }]);
  });

  it('points at the first byte that is not UTF-8, past replacement characters that stand in the file', () => {
    const bytes = Buffer.concat([Buffer.from('a: \ufffd é\nb: '), Buffer.from([0x78, 0xff])]);
    expect(problems(bytes)).toEqual(['encoding 2:5']);
  });
});

describe('a hostile text', () => {
  const MIB = 1_048_576;
  const fill = (unit: string, room = 100): string => unit.repeat(Math.floor((MIB - room) / unit.length));
  const count = (number: number, line: (index: number) => string): string =>
    Array.from({ length: number }, (_, index) => line(index)).join('\n');
  it.each<[what: string, source: string, codes: string[]]>([
    ['brackets', fill('['), ['yaml-too-big']],
    ['braces', fill('{"a":'), ['yaml-too-big']],
    ['nested lists', fill('- '), ['yaml-too-big']],
    ['nested keys', fill('? '), ['yaml-too-big']],
    ['stairs', count(1_400, (index) => `${' '.repeat(index)}a:`), ['yaml-too-big']],
    ['documents', fill('---\n'), ['yaml-too-big']],
    ['document ends', fill('...\n'), ['yaml-too-big']],
    ['keys', count(100_001, (index) => `k${index}: v`), ['yaml-too-big']],
    ['commas', `[${fill(',')}]`, ['yaml-too-big']],
    ['anchors', count(20_000, (index) => `- &a${index} v`), []],
    ['aliases', count(20_000, (index) => `- &a${index} v\n- *a${index}`), []],
    ['undefined aliases', count(20_000, () => '- *x'), Array.from({ length: 50 }, () => 'yaml-plain-value')],
    ['names on one value', fill('&a '), ['yaml-syntax']],
    ['directives', fill('%a\n'), ['yaml-syntax']],
    ['bad escapes', `"${fill('\\q')}"`, ['yaml-escape']],
    ['a huge key', `"${fill('a')}": 1`, ['yaml-syntax']],
    ['closing brackets', fill(']'), ['yaml-syntax']],
    ['line ends', fill('\n', 900_000), []],
    ['comments', fill('# x\n', 900_000), []],
    ['a long flow list', `[${fill('x,\n')}]`, ['yaml-too-big']],
    ['one byte too much', 'a'.repeat(MIB + 1), ['yaml-too-big']],
    ['a reference to itself', 'a: &a [*a]', ['yaml-too-big']],
    [
      'an alias bomb',
      `a0: &a0 [x,x,x,x,x,x,x,x]\n${count(20, (index) => `a${index + 1}: &a${index + 1} [*a${index},*a${index},*a${index},*a${index},*a${index}]`)}`,
      ['yaml-too-big'],
    ],
    [
      'a chain of aliases',
      `a0: &a0 [x]\n${count(2_000, (index) => `a${index + 1}: &a${index + 1} [*a${index}]`)}`,
      ['yaml-too-big'],
    ],
  ])('is bounded: %s', (_what, source, codes) => {
    expect(readYaml(Buffer.from(source), 'pattern').problems.map(({ code }) => code)).toEqual(codes);
  });
});

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpora');
if (!existsSync(corpus)) console.warn(`skipped: reading the patterns of ${corpus}, which is not there`);
(existsSync(corpus) ? describe : describe.skip)('the patterns of the corpora', () => {
  it('are read without a problem, but for the one with a key twice', () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
    expect(files.length).toBeGreaterThan(150);
    const faulty = files.filter((name) => problems(readFileSync(path.join(corpus, name))).length > 0);
    expect(faulty.map((name) => path.basename(name))).toEqual(['win_powershell_load_regkey.yml']);
  });
});
