import { describe, expect, it } from '@jest/globals';
import type { Event } from '../../../src/sigma/match/field-path.js';
import { detection, evaluator } from '../patterns.js';

function matches(selection: string, event: Event): boolean {
  return evaluator(detection(selection)).matches(event);
}

/** Whether a value, as it is after YAML, matches a text. */
function covers(value: string, text: string, modifiers = ''): boolean {
  return matches(JSON.stringify({ [`f${modifiers}`]: value }), { f: text });
}

describe('a value', () => {
  it.each<[value: string, matching: string[], other: string[]]>([
    ['a*b', ['ab', 'a\n\nb', 'AxxB'], ['ab ', 'xab', 'ba']],
    ['a?b', ['axb', 'a\nb', 'a😀b', 'a*b'], ['ab', 'axxb']],
    ['a\\*b', ['a*b'], ['axb', 'a\\*b']],
    ['a\\\\*b', ['a\\b', 'a\\xxb'], ['a*b', 'axb']],
    ['a\\\\\\*b', ['a\\*b'], ['a\\xb']],
    ['a\\\\\\\\*b', ['a\\\\b', 'a\\\\xb'], ['a\\b']],
    ['\\', ['\\'], ['\\\\']],
    ['\\\\', ['\\'], ['\\\\']],
    ['\\\\\\', ['\\\\'], ['\\']],
    ['\\\\\\\\', ['\\\\'], ['\\']],
    ['C:\\x\\', ['c:\\X\\'], ['C:\\x']],
    ['C:\\x\\\\', ['C:\\x\\'], ['C:\\x\\\\']],
    ['C:\\x\\*', ['C:\\x*'], ['C:\\x\\y']],
    ['C:\\x\\\\*', ['C:\\x\\', 'C:\\x\\y'], ['C:\\x*']],
    ['\\n', ['\\n'], ['\n', 'n']],
    ["it\\'s", ["it\\'s"], ["it's"]],
    ['\\\\srv\\a', ['\\srv\\a'], ['\\\\srv\\a']],
    ['\\\\\\\\srv\\a', ['\\\\srv\\a'], []],
    ['\\\\?\\x', ['\\y\\x'], ['\\\\?\\x']],
    ['**', ['', 'x'], []],
    ['*', ['', 'x'], []],
    ['', [''], ['x', ' ']],
    ['?', ['x', '😀', 'é'], ['', 'xx']],
    ['*a?', ['ab', 'xaab', 'aba😀'], ['a', 'ba']],
    ['?a*', ['xa', '😀ab'], ['a', 'xxa']],
    ['*?*', ['x', '😀'], ['']],
    ['*??', ['ab', '😀b'], ['a', '😀']],
    ['a*b?c*d', ['abxcd', 'abcbycd', 'aXbXcXd'], ['abcd', 'abxc']],
    ['*ab*ab*', ['abab', 'xabxabx'], ['aba', 'ab']],
    ['*aab', ['aaab', 'aab'], ['ab']],
    ['ab*bc', ['abbc', 'abxbc'], ['abc']],
    ['ÉCOLE', ['école'], ['ecole']],
    ['ΟΔΟΣ*', ['οδοσ', 'οδος', 'ΟΔΟΣΑ'], []],
    ['ПРИВЕТ', ['привет'], []],
    [' x', [' x'], ['x', ' x ']],
  ])('%j covers whole texts', (value, matching, other) => {
    expect(matching.filter((text) => !covers(value, text))).toEqual([]);
    expect(other.filter((text) => covers(value, text))).toEqual([]);
  });

  it.each<[modifier: string, value: string, matching: string[], other: string[]]>([
    ['contains', '\\Desktop\\', ['C:\\desktop\\x'], ['C:\\desktop']],
    ['contains', 'a*b', ['xaxbx'], ['ba']],
    ['contains', '', ['', 'x'], []],
    ['startswith', 'a', ['a', 'Ab'], ['ba']],
    ['startswith', 'a?', ['ab', 'abc'], ['a']],
    ['startswith', '\\', ['\\x'], ['x']],
    ['endswith', '\\cmd.exe', ['C:\\CMD.EXE'], ['cmd.exe']],
    ['endswith', '*', ['', 'x'], []],
    ['contains', '\\*', ['a*b'], ['ab']],
  ])('with %s looks for %j', (modifier, value, matching, other) => {
    expect(matching.filter((text) => !covers(value, text, `|${modifier}`))).toEqual([]);
    expect(other.filter((text) => covers(value, text, `|${modifier}`))).toEqual([]);
  });

  it.each<[selection: string, matching: unknown[], other: unknown[]]>([
    ['f: 5', [5, 5.0, '5', [4, 5]], ['5.0', 50, null, {}]],
    ['f: 1.0', [1, '1'], ['1.0']],
    ['f: 1.5e+5', [150000, '150000'], []],
    ['f: 0x100', [256], ['0x100']],
    ['f: 010', [8], ['010', 10]],
    ['f: 61e9540', ['61e9540'], [Infinity, 'Infinity']],
    ['f: 12345678901234567890', ['12345678901234567890'], ['12345678901234567000']],
    ['f: NO', [false, 'FALSE'], ['NO']],
    ["f: 'NO'", ['no'], [false]],
    ['f: true', [true, 'True'], [1]],
    ['f: null', [null, [], {}, [null], [{}]], ['', 'null', 0, false]],
    ["f: ''", [''], [null, 'x', ' ']],
    ["f: '*'", ['', 0, false, ['', null]], [null, [], {}]],
    ['f: [a, null]', ['a', null], ['b', '']],
    ['f: 1e+21', ['1e+21'], []],
    ['f: 1.0e+21', [1e21, '1000000000000000000000'], []],
    ['f: -0', [0, -0], []],
  ])('%s compares texts', (selection, matching, other) => {
    expect(matching.filter((value) => !matches(selection, { f: value }))).toEqual([]);
    expect(other.filter((value) => matches(selection, { f: value }))).toEqual([]);
  });

  it('is missing when the field is', () => {
    expect(matches('f: null', {})).toBe(true);
    expect(matches("f: '*'", {})).toBe(false);
  });
});

describe('a modifier', () => {
  it.each<[selection: string, matching: unknown[], other: unknown[]]>([
    ['f|contains|all: [a, b]', ['xbxa', ['a', 'b']], ['a', ['a', 'c']]],
    ['f|all: [a, b]', [['b', 'a']], ['a', 'ab']],
    ['f|base64: a*', [], []],
    ['f|base64|contains: net user', [`x ${Buffer.from('net user').toString('base64')}`], ['net user']],
    ['f|base64: ab', ['YWI=', 'ywi='], ['YWI']],
    ['f|wide: ab', ['a\0b\0'], ['ab']],
    ['f|wide|base64|contains: ab', [Buffer.from('ab', 'utf16le').toString('base64')], ['YWI=']],
    ["f|re: '.*cmd\\d'", ['xcmd1'], ['xcmd1 ', 'CMD1', 'x\ncmd1']],
    ["f|re: '(?is).*CMD\\d'", ['x\ncmd1'], []],
    ["f|re: 'a|b'", ['a', 'b'], ['ab']],
    ["f|re|all: ['a.*', '.*b']", ['ab', ['ax', 'xb']], ['a']],
    ["f|re: '(a+)+$'", ['aaa'], [`${'a'.repeat(50_000)}b`]],
    ["f|re: '.*'", ['', 'é😀'], [null, 'a\nb']],
    ["f|re: '\\d+'", [42], ['٤٢']],
    ['f|cidr: 10.0.0.0/8', ['10.1.2.3', ['x', '10.0.0.0']], ['11.0.0.0', '10.1', '::ffff:10.1.2.3', '010.0.0.1', 'x']],
    ['f|cidr: 10.1.2.3/8', ['10.9.9.9'], []],
    ['f|cidr: 192.0.2.1', ['192.0.2.1'], ['192.0.2.2']],
    ['f|cidr: 0.0.0.0/0', ['255.255.255.255'], ['::1']],
    ["f|cidr: '2001:db8::/33'", ['2001:db8::1', '2001:DB8:7fff::'], ['2001:db8:8000::', '10.0.0.1']],
    ["f|cidr: '::ffff:10.0.0.0/104'", ['::ffff:10.1.2.3', '::ffff:0a01:0203'], ['10.1.2.3']],
    ['f|gt: 10', [11, '10.5', '1'.repeat(400), ['x', 11]], [10, '9', 'x', '', '0x11', '1e3', null, true]],
    ['f|gte: 10', [10, '10.0', '+10'], [9.99]],
    ['f|lt: 0', [-1, '-.5'], [0, '-0', 1]],
    ['f|lte: 0.5', [0.5, '.50'], [0.51]],
    ['f|gt: 9007199254740993', ['9007199254740994'], ['9007199254740993', '9007199254740992']],
    ['f|lt: -9007199254740993', ['-9007199254740994', `-${'9'.repeat(400)}`], ['-9007199254740993']],
  ])('%s', (selection, matching, other) => {
    if (selection.includes('base64: a*')) {
      expect(() => matches(selection, {})).toThrow('modifier-value');
      return;
    }
    expect(matching.filter((value) => !matches(selection, { f: value }))).toEqual([]);
    expect(other.filter((value) => matches(selection, { f: value }))).toEqual([]);
  });

  it('finds what was encoded anywhere in a longer text', () => {
    const { matches: finds } = evaluator(detection('f|base64offset|contains: whoami é'));
    for (const before of ['', 'x', 'xy', 'xyz', 'wxyz']) {
      for (const behind of ['', 'x', 'xy', 'xyz']) {
        expect(finds({ f: Buffer.from(`${before}whoami é${behind}`).toString('base64') })).toBe(true);
      }
    }
    expect(finds({ f: Buffer.from('whoam').toString('base64') })).toBe(false);
  });
});

describe('a keyword', () => {
  it.each<[selection: string, matching: unknown[], other: unknown[]]>([
    ['- foo\n- b?r', ['a FOO b', 'xbar', ['x', 'foo']], ['fo', null]],
    ['foo', ['xfoox'], ['fo']],
    ["'|all': [foo, bar]", ['bar foo'], ['foo']],
    ["'|contains|all': [foo, bar]", ['bar foo'], ['foo']],
    ["'|re': 'f.o'", ['xfzox'], ['fo']],
    ["'|startswith': foo", ['foox'], ['xfoo']],
    ['- foo\n- message|endswith: end', ['foo', 'the end'], ['x']],
    ['- 404', [404, 'x404x'], [4]],
  ])('%j is looked for in message', (selection, matching, other) => {
    expect(matching.filter((message) => !matches(selection, { message }))).toEqual([]);
    expect(other.filter((message) => matches(selection, { message, f: 'foo bar' }))).toEqual([]);
  });
});
