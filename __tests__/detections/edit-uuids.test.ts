import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { putUuid } from '../../src/detections/edit-uuid.js';
import type { WantedUuid } from '../../src/detections/edit-uuid.js';
import { readMetadataText } from '../../src/detections/read-metadata-text.js';
import type { RuleUuid } from '../../src/sekoia/types.js';

const UUID = '0b9c3f0e-5d5c-4f0f-9b40-0d3a3b1c7a11' as RuleUuid;
const OTHER = '11111111-1111-4111-8111-111111111111' as RuleUuid;
const ACME = { name: 'acme', takesUuid: false };
const TAKER = { name: 'acme', takesUuid: true };

/** `@` stands for the UUID, `#` for another one. */
function put(name: string, text: string, more: Partial<WantedUuid> = {}): string {
  const content = Buffer.from(text.replaceAll('@', UUID).replaceAll('§', OTHER), 'utf8');
  const result = putUuid({ path: name, content }, { uuid: UUID, replaces: null, target: ACME, ...more });
  if (result.kind !== 'edited') return 'reason' in result ? `not-editable: ${result.reason}` : result.kind;
  return result.content.toString('utf8').replaceAll(UUID, '@').replaceAll(OTHER, '§');
}

describe('the UUID of a target, put into JSON', () => {
  it.each([
    ['lines of their own', '{\n  "name": "a"\n}\n', '{\n  "name": "a",\n  "uuids": {\n    "acme": "@"\n  }\n}\n'],
    [
      'CRLF and TABs, no final newline',
      '{\r\n\t"a": 1\r\n}',
      '{\r\n\t"a": 1,\r\n\t"uuids": {\r\n\t\t"acme": "@"\r\n\t}\r\n}',
    ],
    ['a byte order mark', '\ufeff{"a":1}', '\ufeff{"a":1,"uuids":{"acme":"@"}}'],
    ['one line with blanks', '{ "a": 1 }', '{ "a": 1, "uuids": { "acme": "@" } }'],
    ['an entry before', '{"uuids":{"aaa":"§"},"a":1}', '{"uuids":{"aaa":"§","acme":"@"},"a":1}'],
    ['an entry behind', '{"uuids": {"zed": "§"}}', '{"uuids": {"acme": "@", "zed": "§"}}'],
    [
      'entries in lines',
      '{\n  "uuids": {\n    "aaa": "§",\n    "zed": "§"\n  }\n}\n',
      '{\n  "uuids": {\n    "aaa": "§",\n    "acme": "@",\n    "zed": "§"\n  }\n}\n',
    ],
    ['entries out of order', '{"uuids":{"zed":"§","aaa":"§"}}', '{"uuids":{"acme":"@","zed":"§","aaa":"§"}}'],
    ['an empty map', '{"uuids": {}, "a": 1}', '{"uuids": {"acme": "@"}, "a": 1}'],
    ['a null', '{"uuids": null}', '{"uuids": { "acme": "@" }}'],
    ['an empty entry', '{"uuids": {"acme": ""}}', '{"uuids": {"acme": "@"}}'],
    ['a null entry', '{"uuids": {"acme": null}}', '{"uuids": {"acme": "@"}}'],
    ['a plain uuid of another target', '{"uuid": "§"}', '{"uuid": "§", "uuids": { "acme": "@" }}'],
  ])('keeps everything else: %s', (_what, before, after) => {
    expect(put('a.json', before)).toBe(after);
  });
});

describe('the UUID of a target, put into YAML', () => {
  it.each([
    ['lines', 'name: a\n', 'name: a\nuuids:\n  acme: @\n'],
    ['CRLF without a final one', 'name: a\r\nx: 1', 'name: a\r\nx: 1\r\nuuids:\r\n  acme: @'],
    ['comments', '# top\nname: a # why\n# end\n', '# top\nname: a # why\nuuids:\n  acme: @\n# end\n'],
    ['quoted keys', '"name": "a"\n', '"name": "a"\n"uuids":\n  "acme": "@"\n'],
    ['an entry before', 'uuids:\n    aaa: § # x\nname: a\n', 'uuids:\n    aaa: § # x\n    acme: @\nname: a\n'],
    ['an entry behind', 'uuids:\n  # the last\n  zed: §\n', 'uuids:\n  # the last\n  acme: @\n  zed: §\n'],
    ['a map in braces', 'uuids: {zed: §} # x\n', 'uuids: {acme: @, zed: §} # x\n'],
    ['an empty map', 'uuids: {}\nname: a\n', 'uuids: {acme: @}\nname: a\n'],
    ['an empty value', 'uuids: # later\nname: a\n', 'uuids: { acme: @ } # later\nname: a\n'],
    ['a null', 'uuids: ~\n', 'uuids: { acme: @ }\n'],
    ['a text block last', 'd: |\n  one\n\n', 'd: |\n  one\nuuids:\n  acme: @\n\n'],
    ['a flow map', '{name: a, x: 1}\n', '{name: a, x: 1, uuids: { acme: @ }}\n'],
  ])('keeps everything else: %s', (_what, before, after) => {
    expect(put('a.yml', before)).toBe(after);
  });

  it.each(['null', 'true', '123', '0x1f', '1e3', '-', '---', '2024-01-01', 'y'])(
    'quotes a name that would be no text: %s',
    (name) => {
      const after = put('a.yml', 'name: a\n', { target: { name, takesUuid: false } });
      expect(parse(after.replaceAll('@', UUID))).toEqual({ name: 'a', uuids: { [name]: UUID } });
    },
  );

  it('takes the name of what every object has for a name like others', () => {
    const target = { name: 'constructor', takesUuid: false };
    expect(put('a.json', '{"uuids":{}}', { target })).toBe('{"uuids":{"constructor": "@"}}');
  });
});

describe('a UUID of a target that is there already', () => {
  it.each([
    ['the same', 'a.json', '{"uuids":{"acme":"@"}}', {}, 'already-there'],
    ['another one', 'a.json', '{"uuids":{"acme":"§"}}', {}, 'other-uuid'],
    ['one whose rule is gone', 'a.json', '{"uuids":{"acme":"§"}}', { replaces: OTHER }, '{"uuids":{"acme":"@"}}'],
    ['no map', 'a.json', '{"uuids":"§"}', {}, 'not-editable: its `uuids` is no map of targets'],
    ['no text', 'a.yml', 'uuids: {acme: 12}\n', {}, 'not-editable: its `uuids.acme` is not text'],
  ])('%s', (_what, name, before, more, after) => {
    expect(put(name, before, more)).toBe(after);
  });

  it('is not put into a map that another key shares', () => {
    expect(put('a.yml', 'x: &u {zed: §}\nuuids: *u\n')).toContain('not-editable');
    expect(put('a.yml', 'x: &u {zed: §}\n<<: {uuids: *u}\n')).toContain('not-editable');
  });
});

describe('the plain UUID of the target that takes it', () => {
  it.each([
    [
      'in JSON',
      'a.json',
      '{\n  "uuid": "@",\n  "name": "a"\n}\n',
      '{\n  "name": "a",\n  "uuids": {\n    "acme": "@"\n  }\n}\n',
    ],
    [
      'as the last member',
      'a.json',
      '{\r\n  "a": 1,\r\n  "uuid": "@"\r\n}',
      '{\r\n  "a": 1,\r\n  "uuids": {\r\n    "acme": "@"\r\n  }\r\n}',
    ],
    ['on one line', 'a.json', '{"uuid":"@","a":1}', '{"a":1,"uuids":{"acme":"@"}}'],
    [
      'on one line, in the middle',
      'a.json',
      '{ "a": 1, "uuid": "@", "b": 2 }',
      '{ "a": 1, "b": 2, "uuids": { "acme": "@" } }',
    ],
    ['alone', 'a.json', '{"uuid":"@"}', '{"uuids":{"acme":"@"}}'],
    ['behind uuids', 'a.json', '{"uuids":{"zed":"§"},"uuid":"@"}', '{"uuids":{"acme":"@","zed":"§"}}'],
    ['that stands in uuids too', 'a.json', '{"a":1,"uuid":"@","uuids":{"acme":"@"}}', '{"a":1,"uuids":{"acme":"@"}}'],
    ['in YAML', 'a.yml', 'name: a\nuuid: @\nx: 1\n', 'name: a\nx: 1\nuuids:\n  acme: @\n'],
    ['with CRLF, last, without a final one', 'a.yml', 'name: a\r\nuuid: @', 'name: a\r\nuuids:\r\n  acme: @'],
    ['last, behind uuids', 'a.yml', 'uuids:\n  zed: §\nuuid: @', 'uuids:\n  acme: @\n  zed: §'],
    ['with a comment, which stays', 'a.yml', 'uuid: @ # mine\nx: 1\n', '# mine\nx: 1\nuuids:\n  acme: @\n'],
    ['first, below a marker', 'a.yml', '---\nuuid: @\nx: 1\n', '---\nx: 1\nuuids:\n  acme: @\n'],
    ['on a line of its own', 'a.yml', 'uuid:\n  @\nname: a\n', 'name: a\nuuids:\n  acme: @\n'],
    ['in a text block', 'a.yml', 'uuid: |\n  @\nname: a\n', 'name: a\nuuids:\n  acme: @\n'],
    ['in braces', 'a.yml', '{uuid: @, name: a}\n', '{name: a, uuids: { acme: @ }}\n'],
    [
      'in braces over lines',
      'a.yml',
      '{\n  a: 1, # x\n  uuid: @, # y\n  b: 2,\n}\n',
      '{\n  a: 1, # x\n  # y\n  b: 2,\n  uuids: {\n    acme: @\n  },\n}\n',
    ],
  ])('moves %s', (_what, name, before, after) => {
    expect(put(name, before, { target: TAKER })).toBe(after);
  });

  it('goes with the rule that it stood for', () => {
    const more = { target: TAKER, replaces: OTHER };
    expect(put('a.json', '{"uuid":"§","a":1}', more)).toBe('{"a":1,"uuids":{"acme":"@"}}');
  });

  it.each([
    ['another one', '{"uuid":"§"}', 'other-uuid'],
    ['another one beside its own', '{"uuid":"§","uuids":{"acme":"@"}}', 'other-uuid'],
  ])('stays where it is %s', (_what, before, after) => {
    expect(put('a.json', before, { target: TAKER })).toBe(after);
  });

  it('stays where a comment or a reference would be lost', () => {
    expect(put('a.yml', 'uuid: # why\n  @\nx: 1\n', { target: TAKER })).toContain('cannot be moved');
    expect(put('a.yml', 'uuid: &u @\nx: *u\n', { target: TAKER })).toContain('cannot be moved');
  });

  it('is no matter of another target', () => {
    expect(put('a.json', '{"uuid":"§"}')).toBe('{"uuid":"§","uuids":{"acme":"@"}}');
  });
});

describe('any metadata and any targets', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('', '# x', 'a: b', ' x ', 'x\ny\n', '- a'),
  );
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }));
  const key = text.filter((name) => !['uuid', 'uuids', '<<', '__proto__'].includes(name));
  const target = fc.oneof(
    fc.stringMatching(/^[a-z0-9-]{1,40}$/),
    fc.constantFrom('acme', 'null', 'constructor', '1e3', '-', 'on', '0x1f', '007'),
  );
  const targets = fc.uniqueArray(target, { minLength: 1, maxLength: 5 });
  const members = fc.record({
    first: fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 4 }),
    // Numbers for keys come first in an object whatever their place: they are left to the names that are put.
    there: fc.option(
      fc.uniqueArray(
        target.filter((name) => !/^\d/.test(name)),
        { minLength: 1, maxLength: 4 },
      ),
      { nil: null },
    ),
    plain: fc.constantFrom('none', 'first', 'last'),
    last: fc.array(fc.tuple(key, value), { maxLength: 2 }),
  });
  const eol = fc.constantFrom('\n', '\r\n');
  const ending = fc.constantFrom('', '\n', '\n\n');
  const bom = fc.constantFrom('', '\ufeff');
  const PLAIN = '33333333-3333-4333-8333-333333333333';

  type Members = typeof members extends fc.Arbitrary<infer Value> ? Value : never;

  function objectOf({ first, there, plain, last }: Members): Readonly<Record<string, unknown>> {
    const uuids = there === null ? [] : [['uuids', Object.fromEntries(there.map((name) => [name, OTHER]))] as const];
    const entries: readonly (readonly [string, unknown])[] = [
      ...(plain === 'first' ? [['uuid', PLAIN] as const] : []),
      ...first,
      ...uuids,
      ...last,
      ...(plain === 'last' ? [['uuid', PLAIN] as const] : []),
    ];
    return Object.fromEntries(entries);
  }

  /** Each target once; those that the file has keep their UUID. */
  function check(name: string, source: string, names: readonly string[], read: (text: string) => object): void {
    let content: Buffer = Buffer.from(source, 'utf8');
    const old = read(source) as { readonly uuids?: Readonly<Record<string, string>> };
    for (const [index, each] of names.entries()) {
      const before = content.toString('utf8');
      const has = Object.hasOwn(old.uuids ?? {}, each);
      const uuid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` as RuleUuid;
      const result = putUuid(
        { path: name, content },
        { uuid, replaces: null, target: { name: each, takesUuid: false } },
      );
      if (has) {
        expect(result).toEqual({ kind: 'other-uuid', uuid: OTHER });
        continue;
      }
      if (result.kind !== 'edited') throw new Error(`${JSON.stringify(before)} ${each}: ${JSON.stringify(result)}`);
      content = result.content;
      const after = content.toString('utf8');
      const was = read(before) as { readonly uuids?: object };
      const now = read(after) as { readonly uuids: object };
      expect(now).toEqual({ ...was, uuids: { ...was.uuids, [each]: uuid } });
      expect(Object.keys(now).filter((one) => one !== 'uuids')).toEqual(
        Object.keys(was).filter((one) => one !== 'uuids'),
      );
      expect(isOneInsertion(before, after)).toBe(true);
    }
  }

  /** Whether all old bytes are there, in one run before what is new and one behind it. */
  function isOneInsertion(before: string, after: string): boolean {
    let start = 0;
    while (start < before.length && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < before.length && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
    return start + end >= before.length;
  }

  /** The move, which takes the plain UUID away and nothing else. */
  function checkMove(name: string, source: string, taker: string, read: (text: string) => object): void {
    const wanted = { uuid: PLAIN as RuleUuid, replaces: null, target: { name: taker, takesUuid: true } };
    const was = read(source) as { readonly uuid?: string; readonly uuids?: Readonly<Record<string, string>> };
    if (was.uuid === undefined || Object.hasOwn(was.uuids ?? {}, taker)) return;
    const result = putUuid({ path: name, content: Buffer.from(source, 'utf8') }, wanted);
    if (result.kind !== 'edited') throw new Error(`${JSON.stringify(source)} ${taker}: ${JSON.stringify(result)}`);
    const rest = Object.fromEntries(Object.entries(was).filter(([each]) => each !== 'uuid'));
    const after = result.content.toString('utf8');
    expect(read(after)).toEqual({ ...rest, uuids: { ...was.uuids, [taker]: PLAIN } });
    expect(putUuid({ path: name, content: result.content }, wanted)).toEqual({ kind: 'already-there' });
    expect(after.endsWith('\n')).toBe(source.endsWith('\n'));
  }

  it('in JSON gains the entries and nothing else', () => {
    fc.assert(
      fc.property(
        members,
        targets,
        fc.constantFrom<string | number>('', 1, 2, 4, '\t'),
        eol,
        ending,
        bom,
        (parts, names, indent, end, last, mark) => {
          const source = mark + JSON.stringify(objectOf(parts), null, indent).replaceAll('\n', end) + last;
          const read = (json: string): object => JSON.parse(json.replace(/^\ufeff/, '')) as object;
          check('a.json', source, names, read);
          checkMove('a.json', source, names[0] ?? '', read);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('in YAML gains the entries and nothing else', () => {
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
    });
    const comments = fc.constantFrom(['', ''], ['# top\n', ''], ['# top\n', '\n# end'], ['---\n', '\n...']);
    fc.assert(
      fc.property(
        members,
        targets,
        style,
        eol,
        ending,
        bom,
        comments,
        (parts, names, options, end, last, mark, around) => {
          const body = stringify(objectOf(parts), { defaultKeyType: 'QUOTE_DOUBLE', ...options }).replace(/\n$/, '');
          const [top = '', bottom = ''] = around;
          const source = `${top}${body}${bottom}`;
          fc.pre(!source.includes('\r') && readMetadataText('a.yml', Buffer.from(`${source}\n`)).kind === 'read');
          const whole = mark + source.replaceAll('\n', end) + last;
          const read = (yaml: string): object => parse(yaml) as object;
          check('a.yml', whole, names, read);
          checkMove('a.yml', whole, names[0] ?? '', read);
        },
      ),
      { numRuns: 300 },
    );
  });
});
