import { describe, expect, it } from '@jest/globals';
import { lint, told, wholePattern } from './lint.js';

/** The codes found in a part of a pattern, with their severities; fields that are unknown aside. */
function codes(part: string): string[] {
  return lint(wholePattern(part)).map(({ severity, code }) => `${severity} ${code}`);
}

const warning = (code: string): string[] => [`warning ${code}`];
const error = (code: string): string[] => [`error ${code}`];

describe('a value without quotes', () => {
  it.each(['NO', 'no', 'Off', 'on', 'YES', 'y', 'N', '0x100', '010', '08', '0o10', '1_000', '12:30:45', '20:00'])(
    'is told when it is read in two ways: %s',
    (value) => {
      expect(codes(`process.name: ${value}`)).toEqual(warning('yaml-value-changed'));
      expect(codes(`process.name:\n  - a\n  - ${value}`)).toEqual(warning('yaml-value-changed'));
      expect(codes(`process.name: '${value}'`)).toEqual([]);
    },
  );

  it.each(['1e5', '61e9540', '1.0', '.5', '5.', '1.5e+5', '+5', '-0', '0b11', '2024-01-01', '2024-01-01T10:00:00Z'])(
    'is told when it is another number or date than is written: %s',
    (value) => {
      expect(codes(`process.name: ${value}`)).toEqual(warning('yaml-value-changed'));
    },
  );

  it.each(['5', '-5', '1.5', '12345678901234567890', 'true', 'True', 'FALSE', 'null', '~', '1.2.3', '10.0.0.0/8'])(
    'is not told when everybody reads it alike: %s',
    (value) => {
      expect(codes(`process.name: ${value}`)).toEqual([]);
    },
  );

  it.each(['yes.exe', '1e5x', '12-24', 'a:b', '0x', 'nope', '0X10', 'y n'])(
    'is not told when it is text: %s',
    (value) => {
      expect(codes(`process.name: ${value}`)).toEqual([]);
    },
  );

  it('is not looked at where it means nothing', () => {
    expect(told(`date: 2024-01-01\n${wholePattern('event.code: 1')}`)).toEqual(['1:1 warning document-unknown-key']);
  });

  it('names a selection or a field too', () => {
    expect(told('detection:\n  no:\n    event.code: 1\n  condition: no\n')).toEqual([
      '2:3 warning yaml-value-changed',
      '4:14 warning yaml-value-changed',
    ]);
  });
});

describe('double quotes', () => {
  it.each(['\\temp', 'C:\\\\x\\new', '\\Local', '\\Program', '\\_x', '\\x07'])(
    'are told with a control character: "%s"',
    (value) => {
      expect(codes(`file.path: "${value}"`)).toEqual(warning('yaml-control-character'));
    },
  );

  it.each(['C:\\\\temp\\\\new', 'a\n\n    b', '\\u00e9', '\\"', 'plain'])('are not told without: "%s"', (value) => {
    expect(codes(`file.path: "${value}"`)).toEqual([]);
  });
});

describe('a comment', () => {
  it.each([
    ['at the end of a line', 'event.code: 1 # x', ['3:19']],
    ['on a line of its own', '# x\nevent.code: 1\n# y', ['3:5']],
    ['behind the head of a text block', 'process.name: | # x\n  a', ['3:21']],
    ['none: inside quotes', "process.name: 'a # b'", []],
    ['none: inside double quotes', 'process.name: "a # b\n\n  # c"', []],
    ['none: inside a text block', 'process.name: |\n  # a\n  b # c', []],
    ['none: no blank before it', 'process.name: a#b', []],
  ])('is told once: %s', (_what, part, places) => {
    const found = told(wholePattern(part)).filter((line) => line.includes('yaml-comment'));
    expect(found).toEqual(places.map((place) => `${place} warning yaml-comment`));
  });
});

describe('a character that nobody sees', () => {
  it.each([
    ['a no-break space', 'a\u00a0b'],
    ['a zero-width space', 'a\u200bb'],
    ['a right-to-left override', 'a\u202eb'],
    ['a mark of direction', 'a\u200fb'],
    ['an isolate', 'a\u2066b'],
    ['a soft hyphen', 'a\u00adb'],
    ['a joiner between letters', 'a\u200db'],
    ['a byte order mark in the middle', 'a\ufeffb'],
    ['a tag', 'a\u{e0041}b'],
  ])('is told: %s', (_what, value) => {
    expect(told(wholePattern(`process.name: ${value}`))).toEqual(['3:20 warning invisible-character']);
    expect(codes(`event.code: 1 # ${value}`)).toEqual(['warning yaml-comment', 'warning invisible-character']);
  });

  it.each([
    ['an emoji', '👩‍💻 ✔️'],
    ['other scripts', 'é 漢字 Привет سلام'],
    ['a joiner that Persian needs', 'می‌خواهم'],
  ])('is not: %s', (_what, value) => {
    expect(codes(`process.name: '${value}'`)).toEqual([]);
  });
});

describe('a condition', () => {
  const selections = ['a', 'b', 'c'].map((name) => `${name}:\n  process.name: ${name}\n`).join('');
  it.each([
    ['a or b and c', 'condition-mixed'],
    ['(a or b and c)', 'condition-mixed'],
    ['a AND b AND NOT c', 'condition-upper-case'],
    ['any of them', 'condition-undocumented'],
    ['not (a and b and c)', 'condition-only-negative'],
    ['not a or not b or not c', 'condition-only-negative'],
    ['a or b or not c', 'condition-only-negative'],
    ['not 1 of them', 'condition-only-negative'],
  ])('that may surprise is told: %s', (condition, code) => {
    expect(codes(`${selections}condition: ${condition}`)).toContain(`warning ${code}`);
  });

  it.each([
    '(a or b) and c',
    'a or (b and c)',
    'a and b and c',
    '1 of them',
    'not (not a or not b) and c',
    'a and not (b and not c)',
  ])('that is plain is not: %s', (condition) => {
    expect(codes(`${selections}condition: ${condition}`)).toEqual([]);
  });

  it('has its finding inside its text', () => {
    expect(
      told(`detection:\n  a:\n    event.code: 1\n  b:\n    user.name: x\n  condition: >-\n    a\n    AND b\n`),
    ).toEqual(['8:5 warning condition-upper-case']);
  });

  it.each([
    ['a selection left over', 'a and b', ['3:5 warning selection-unused']],
    ['a misspelt name, of which it is not told', 'a and b and cc', []],
  ])('and its selections: %s', (_what, condition, expected) => {
    const found = told(
      `detection:\n  c:\n    process.name: c\n  a:\n    process.name: a\n  b:\n    process.name: b\n  condition: ${condition}\n`,
    );
    expect(found.filter((line) => line.includes('selection-unused'))).toEqual(
      expected.map((line) => line.replace('3:5', '2:3')),
    );
  });

  it.each(['and', 'of', 'them', '1'])('cannot name a selection that is called %s', (name) => {
    const found = codes(`'${name}':\n  event.code: 1\nother:\n  event.code: 2\ncondition: other`);
    expect(found).toEqual(error('selection-name'));
  });
});

describe('a negated selection', () => {
  const negated = (positive: string, filter: string, condition = 's and not f'): string =>
    `s:\n${positive.replace(/^/gm, '  ')}\nf:\n${filter.replace(/^/gm, '  ')}\ncondition: ${condition}`;

  it.each([
    ['another field', 'event.code: 1', 'user.name: x'],
    ['a field that only some alternatives need', '- user.name: a\n- event.code: 1', 'user.name: x'],
    ['a field that may be null', 'user.name:\n  - a\n  - null', 'user.name: x'],
  ])('is told of %s', (_what, positive, filter) => {
    expect(codes(negated(positive, filter))).toContain('warning negation-missing-field');
  });

  it.each([
    ['the field is needed', "user.name: '*'", 'user.name: x'],
    ['all alternatives need it', '- user.name: a\n- user.name: b\n  event.code: 1', 'user.name: x'],
    ['it asks for null', 'event.code: 1', 'user.name: null'],
    ['it asks for an empty text', 'event.code: 1', "user.name: ''"],
    ['it asks for presence', 'event.code: 1', "user.name: '*'"],
    ['every event has the field', 'event.code: 1', 'timestamp|day_of_week: sunday'],
    ['it has keywords', 'event.code: 1', '- text'],
  ])('is not told when %s', (_what, positive, filter) => {
    expect(codes(negated(positive, filter))).toEqual([]);
  });

  it('is not told when another negation needs the field', () => {
    const part =
      's:\n  event.code: 1\nf:\n  user.name: x\nnull_f:\n  user.name: null\ncondition: s and not f and not null_f';
    expect(codes(part)).toEqual([]);
  });
});

describe('an entry', () => {
  it.each<[part: string, found: string[]]>([
    ["process.name: 'a\\*'", warning('value-escaped-wildcard')],
    ["process.name: 'a\\\\\\*'", warning('value-escaped-wildcard')],
    ["file.path: 'C:\\Users\\*\\AppData'", warning('value-escaped-wildcard')],
    ["url.original|contains: 'index.php\\?'", warning('value-escaped-wildcard')],
    ["process.name: 'a\\\\*'", []],
    ["process.name: '\\*'", []],
    ["process.command_line|re: '.*\\*'", warning('regex-whole-field')],
    ["process.command_line|contains: '*x'", warning('value-wildcard-redundant')],
    ["process.command_line|contains: '*'", warning('value-wildcard-redundant')],
    ["process.command_line|startswith: 'x*'", warning('value-wildcard-redundant')],
    ["process.command_line|endswith: '*x'", warning('value-wildcard-redundant')],
    ["process.command_line|startswith: '*x'", []],
    ["process.command_line|contains: 'a*b'", []],
    ["process.command_line|contains: 'x\\\\\\*'", warning('value-escaped-wildcard')],
    ['process.command_line|contains: 443', warning('modifier-value-type')],
    ["source.port|gt: '1024'", warning('modifier-value-type')],
    ['source.port|gt: 1024', []],
    ['source.port|contains: http', warning('modifier-value-type')],
    ['source.bytes|cidr: 10.0.0.0/8', warning('modifier-value-type')],
    ['source.ip|cidr: 2001:db8::1/32', warning('modifier-value-type')],
    ['process.name|startswith:\n  - a\n  - A', warning('value-duplicate')],
    ["process.name|re:\n  - '^a$'\n  - '^A$'", []],
    ["process.command_line|startswith: ''", warning('value-empty')],
    ["process.command_line: ''", []],
    ['process.name|all:\n  - a', warning('all-single-value')],
    ['process.name:\n  - a\n  -', warning('list-null')],
    ['event.start|day_of_week: sunday', warning('time-field')],
    ["'@timestamp|day_of_week': sunday", warning('time-field')],
  ])('gives exactly its findings: %s', (part, found) => {
    expect(codes(part).filter((line) => !line.endsWith('field-never-filled'))).toEqual(found);
  });

  it.each<[selection: string, found: string[]]>([
    ['- "process.name: cmd.exe"', warning('keyword-field-like')],
    ['- process.name=cmd.exe', warning('keyword-field-like')],
    ['- "CommandLine: x"', warning('keyword-field-like')],
    ['- "process.name|contains: x"', warning('keyword-field-like')],
    ['- user=root', []],
    ['- "error: no such file"', []],
    ['- lsadump::*', []],
    ["- ''", warning('value-empty')],
    ['- a\n- A', warning('value-duplicate')],
    ["'|re': a+b", warning('keyword-modifier')],
    ["'|all':\n  - a\n  - b", []],
  ])('or keyword gives exactly its findings: %s', (selection, found) => {
    expect(codes(`s:\n${selection.replace(/^/gm, '  ')}\ncondition: s`)).toEqual(found);
  });
});

describe('a field', () => {
  it.each([
    'process.name',
    'action.properties.Whatever',
    'sekoiaio.any_tag',
    'dns.answers.anything',
    'alert.uuid',
    'timestamp',
  ])('is known: %s', (field) => {
    expect(codes(`${field}: x`)).toEqual([]);
  });

  it.each([
    ['process.commandline', 'process.command_line'],
    ['CommandLine', 'process.command_line'],
    ['cs-uri-query', 'url.query'],
    ['source.prot', 'source.port'],
    ['proces.name', 'process.name'],
    ['winlog.event_data.LogonType', 'action.properties.LogonType'],
    ['process.sha256', 'process.hash.sha256'],
  ])('that is not known comes with the name that was meant: %s', (field, meant) => {
    const [problem] = lint(wholePattern(`${field}: x`));
    expect(problem).toMatchObject({ code: 'field-unknown', severity: 'warning', line: 3, column: 5 });
    expect(problem?.message).toContain(`\`${field}\``);
    expect(problem?.message).toContain(`\`${meant}\``);
  });

  it('is told where it first stands, and once', () => {
    expect(told('detection:\n  s:\n    - Image: a\n    - Image: b\n  condition: s\n')).toEqual([
      '3:7 warning field-unknown',
    ]);
  });

  it('of a prototype is a field like any other', () => {
    expect(codes('constructor: a\n__proto__: b\ntoString: c')).toEqual(Array(3).fill('warning field-unknown'));
  });
});

describe('a correlation', () => {
  const one = "name: one\ndetection:\n  s:\n    event.code: 1\n    user.name: '*'\n  condition: s\n---\n";
  const correlation = (lines: string): string[] =>
    told(`${one}action: correlation\nrule: one\ntimespan: 5m\n${lines}\n`).map((line) => line.replace(/^\S+ /, ''));

  it.each<[lines: string, found: string[]]>([
    ['type: event_count\ncondition:\n  gte: 2\ngroup-by: user.name', []],
    ['type: event_count\ncondition:\n  gte: 1', warning('correlation-condition')],
    ['type: event_count\ncondition:\n  gt: 0', warning('correlation-condition')],
    ['type: event_count\nfield: user.name\ncondition:\n  gte: 2', error('correlation-key')],
    ['type: event_count\nordered: true\ncondition:\n  gte: 2', error('correlation-key')],
    ['type: temporal\ncondition:\n  gte: 2', warning('correlation-key')],
    ['type: temporal_ordered', warning('correlation-type')],
    ['type: value_count\ncondition:\n  gte: 2\n  field: user.name', warning('correlation-spelling')],
    ['type: event_count\ncondition:\n  gte: 2\ngroup_by: user.name', warning('document-unknown-key')],
    [
      'type: event_count\ncondition:\n  gte: 2\ngroup-by: who\naliases:\n  who:\n    one: user.name\n    two: user.name',
      error('alias-incomplete'),
    ],
  ])('gives exactly its findings: %s', (lines, found) => {
    expect(correlation(lines)).toEqual(found);
  });

  it('in the block spelling of the article gives none', () => {
    const text = `${one}correlation:\n  type: event_count\n  rules:\n    - one\n  group-by:\n    - user.name\n  timespan: 5m\n  condition:\n    gte: 10\n`;
    expect(told(text)).toEqual([]);
  });

  it('in the block spelling with the other keys is told of each', () => {
    const text = `${one}correlation:\n  type: temporal\n  rule: one\n  ordered: true\n  timespan: 5m\n`;
    expect(told(text)).toEqual(['10:3 warning correlation-spelling', '11:3 warning correlation-spelling']);
  });
});

describe('one cause', () => {
  it('gives one finding: a condition one level too high', () => {
    expect(told('detection:\n  selection:\n    event.code: 1\ncondition: selection\n')).toEqual([
      '4:1 error condition-missing',
    ]);
  });

  it('gives one finding: a misspelt rule', () => {
    const text =
      'name: one\ndetection:\n  s:\n    event.code: 1\n  condition: s\n---\naction: correlation\ntype: event_count\nrule: onne\ntimespan: 5m\ncondition:\n  gte: 2\n';
    expect(told(text)).toEqual(['9:7 error correlation-reference']);
  });

  it('gives one finding: text that is no YAML', () => {
    expect(told('detection:\n  s: [a\n  condition: b # c\n')).toEqual([expect.stringContaining('error yaml-syntax')]);
  });
});

describe('a hostile pattern', () => {
  const many = (number: number, line: (index: number) => string): string =>
    Array.from({ length: number }, (_, index) => line(index)).join('');
  const rule = 'detection:\n  s:\n    event.code: 1\n  condition: s\n';
  it.each<[what: string, text: string]>([
    ['backslashes', wholePattern(`process.name: '${'\\'.repeat(500_000)}x'`)],
    ['stars of folders', wholePattern(`process.name: '${'\\*\\'.repeat(300_000)}'`)],
    ['unknown fields', wholePattern(many(40_000, (index) => `f${index}.x.y: 1\n`))],
    ['one field of many dots', wholePattern(`${'a.'.repeat(400_000)}b: 1`)],
    ['nulls below a long field', wholePattern(`${'f'.repeat(900)}:\n${many(60_000, () => '  -\n')}`)],
    [
      'unused selections',
      `detection:\n${many(20_000, (index) => `  s${index}:\n    event.code: 1\n`)}  condition: s0\n`,
    ],
    [
      'patterns over many selections',
      `detection:\n${many(9_000, (index) => `  s${index}:\n    f${index}: 1\n`)}  condition: s1 and not (${many(40_000, () => '1 of s* or ')}1 of s*)\n`,
    ],
    ['conditions', `detection:\n  s:\n    event.code: 1\n  condition:\n${many(50_000, () => '    - s and not s\n')}`],
    ['root keys', `${rule}${many(60_000, (index) => `detectio${index}: 1\n`)}`],
    [
      'groups and aliases',
      `name: one\n${rule}---\naction: correlation\ntype: event_count\nrule: one\ntimespan: 5m\ncondition: {gte: 2}\ngroup-by:\n${many(15_000, (index) => `  - a${index}\n`)}aliases:\n${many(15_000, (index) => `  a${index}: {one: user.name}\n`)}`,
    ],
    [
      'brackets of an expression',
      wholePattern(`process.name|re: '${'('.repeat(40)}${'a'.repeat(90_000)}${')'.repeat(40)}'`),
    ],
    ['hidden characters', wholePattern(`process.name: '${'\u200b\n\n      '.repeat(60_000)}'`)],
    ['number signs', wholePattern(`process.name: |\n${many(100_000, () => '  # a\n')}`)],
  ])('is checked within seconds: %s', (_what, text) => {
    const start = process.cpuUsage();
    const found = lint(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(10);
    expect(found.length).toBeLessThan(1_000);
  });
});
