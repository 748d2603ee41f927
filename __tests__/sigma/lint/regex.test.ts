import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RE2JS, RE2JSException } from 're2js';
import { parseRegex } from '../../../src/sigma/lint/regex/parse-regex.js';
import { impossiblePart, minds } from '../../../src/sigma/lint/regex/whole-field.js';

function rootOf(source: string): NonNullable<ReturnType<typeof parseRegex>>['root'] {
  const tree = parseRegex(source);
  if (tree === undefined) throw new Error(`not parsed: ${source}`);
  return tree.root;
}

describe('the structure of a regular expression', () => {
  it.each([
    ...[
      'a(?=b)',
      'a(?!b)',
      '(?<=a)b',
      '(?<!a)b',
      '(a)\\1',
      '(?P<n>a)(?P=n)',
      '(?>a)',
      'a++',
      'a*+',
      'a**',
      '(?#x)',
      '(?x)a',
    ],
    ...[
      'a\\Z',
      '\\h',
      '\\R',
      '\\K',
      '\\G',
      '\\X',
      '\\C',
      '\\u0041',
      '\\cA',
      '\\e',
      '\\q',
      'a{1001}',
      '[a-\\d]',
      '[z-a]',
      '(a',
    ],
    ...['a)', '[a', '*a', 'a{2,1}', '\\'],
  ])('is none for what RE2 refuses: %s', (source) => {
    expect(() => RE2JS.compile(source)).toThrow(RE2JSException);
    expect(parseRegex(source)).toBeUndefined();
  });

  it.each([
    ...[
      '(?i)a',
      '(?s).',
      '(?m)^a$',
      '(?U)a*',
      '(?P<n>a)',
      '(?<n>a)',
      '\\ba\\B',
      'a\\z',
      '\\pN',
      '\\p{Greek}',
      '\\PN',
      '[[:alpha:]]',
    ],
    ...[
      '\\Qa.b\\E+',
      '\\x{41}',
      '\\x41',
      '\\101',
      'a*?',
      'a{2}',
      'a{2,}',
      'a{2,5}?',
      'a{,2}',
      '[]a]',
      '[^]a]',
      '[a-]',
      '\\_',
      '\\/',
    ],
    ...['(?i:a)(?-i:b)', 'a|b|', '()', '{', 'é😀', ''],
  ])('is there for what RE2 takes: %s', (source) => {
    expect(() => RE2JS.compile(source)).not.toThrow();
    expect(parseRegex(source)).toBeDefined();
  });

  it('agrees with the engine on what is an expression', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'é',
        '.',
        '^',
        '$',
        '|',
        '(',
        ')',
        '(?:',
        '(?i)',
        '(?m:',
        '(?P<n>',
        '[a-z]',
        '[^x]',
        '[]a]',
        '[a-\\d]',
        '[\\d-z]',
      ],
      ...[
        '[[:alpha:]]',
        '\\d',
        '\\W',
        '\\b',
        '\\B',
        '\\1',
        '\\12',
        '\\0',
        '\\Z',
        '\\z',
        '\\q',
        '\\.',
        '\\pN',
        '\\p{Greek}',
        '\\x41',
      ],
      ...['\\Qab\\E', '*', '+', '?', '{2}', '{2,}', '{,2}', '(?=', '(?>', '-', '{', '}', ']'],
    );
    const source = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
    const isTaken = (text: string): boolean => {
      try {
        RE2JS.compile(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(source, (text) => {
        // Two groups of one name, and quantifiers behind flags, are for the engine alone.
        fc.pre(text.split('(?P<n>').length < 3 && !/\(\?i\)[*+?{]/.test(text));
        expect(parseRegex(text) !== undefined).toBe(isTaken(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the ends of a field', () => {
  it.each([
    ...[
      '.*a.*',
      '^a$',
      '(?i).*a.*',
      '(?s).+a.+',
      '.*[.](jsp|cgi)$',
      '(.*a.*|^b$)',
      '(?:.*)(a)(?:.*)',
      '[\\s\\S]*a[^"]*',
      '^(a|b)$',
    ],
    ...[
      '.*',
      '^.*$',
      '(?:^|.*/)x$',
      '(?:foo)?.*a.*(?:bar)?',
      '\\A.*x\\z',
      '.*?a.*?',
      '\\b.*x.*\\b',
      '^[0-9a-f]{32}$',
      '(?m)^a$',
    ],
  ])('are minded by %s', (source) => {
    expect([minds('start', rootOf(source)), minds('end', rootOf(source))]).toEqual([true, true]);
  });

  it.each<[source: string, start: boolean, end: boolean]>([
    ['cmd\\d', false, false],
    ['-enc\\s+[A-Za-z0-9+/=]{8,}', false, false],
    ['^a', true, false],
    ['a$', false, true],
    ['(?i).*a', true, false],
    ['a|.*b.*', false, false],
    ['.{0,5}a.*', false, true],
    ['(a|b)', false, false],
    ['', false, false],
    ['a*', false, false],
  ])('are not by %s', (source, start, end) => {
    expect([minds('start', rootOf(source)), minds('end', rootOf(source))]).toEqual([start, end]);
  });
});

describe('a part that can never match', () => {
  it.each([
    ...[
      'a$b',
      'a^b',
      'x(^a|b)',
      '(a|b$)c',
      '\\b\\B',
      '\\B\\b',
      '[^\\s\\S]',
      '[^\\x00-\\x{10ffff}]',
      '[^\\d\\D]',
      '.+^a',
      'a\\z.',
    ],
    ...['(?:a$)+b', '.*cmd$.+'],
  ])('is seen in %s', (source) => {
    expect(impossiblePart(rootOf(source))).toBeDefined();
  });

  it.each([
    ...[
      '^a$',
      '.*^a',
      'a$.*',
      '(^|x)a',
      'a($|x)',
      '(?m)a$\nb',
      '(?m)a\n^b',
      '[^a]',
      '[^\\p{Greek}\\x00-\\x7f]',
      '\\b\\b',
      '^$',
      '(?:^)a',
    ],
    ...['\\Qa$b\\E', 'a\\$b', '[$]a', '(?i)^a(?:b|c)$'],
  ])('is not in %s', (source) => {
    expect(impossiblePart(rootOf(source))).toBeUndefined();
  });
});
