import { describe, expect, it } from '@jest/globals';
import { code, fenced, plain } from '../../src/report/markdown.js';

describe('foreign text in Markdown', () => {
  it.each([
    ['pipes', 'a | b', 'a &#124; b'],
    ['an escaped pipe', 'a\\|b', 'a\\\\&#124;b'],
    ['HTML', '<img src=x> &amp;', '&lt;img src=x&gt; &amp;amp;'],
    ['emphasis and code', '`a` **b** _c_ d_e', '\\`a\\` \\*\\*b\\*\\* \\_c\\_ d_e'],
    ['links', '[a](https://b.example)', '\\[a\\](https:<!-- -->//b.example)'],
    ['bare links', 'www.a.example', 'www<!-- -->.a.example'],
    ['mentions and issues', '@octocat #12', '@<!-- -->octocat #<!-- -->12'],
    ['formulas', '$x$', '<span>$</span>x<span>$</span>'],
    ['a list', '- a', '\\- a'],
    ['a numbered list', '1. a', '1\\. a'],
    ['a heading', '# a', '#<!-- --> a'],
    ['an underlined heading', '===', '\\==='],
    ['line ends', 'a\n\n# b', 'a\\\\n\\\\n#<!-- --> b'],
    ['characters that reorder', 'a\u202eb', 'a\\\\u202eb'],
  ])('shows %s as they stand', (_what, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('is shortened before it is escaped, so that no escape is cut', () => {
    expect(plain('||||||', 3)).toBe('&#124;&#124;…');
  });

  it('keeps its place in code', () => {
    expect(code('a|`b`')).toBe('<code>a&#124;\\`b\\`</code>');
  });
});

describe('lines to copy', () => {
  it('stand in a fence', () => {
    expect(fenced(['a → b', 'c'])).toBe('```text\na → b\nc\n```');
  });

  it('cannot close their fence', () => {
    expect(fenced(['````', 'x\n```'])).toBe('`````text\n````\nx\\n```\n`````');
  });
});
