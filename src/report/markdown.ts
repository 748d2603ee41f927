import { printable, shorten } from '../text.js';

/**
 * Foreign text inside a sentence or a table cell: shown as it is, never read as Markdown, HTML, a link, a mention or a
 * formula, wherever it stands.
 *
 * Pipes are written as references because table rows are split before anything else is read. An empty comment parts
 * what GitHub would link by itself after the Markdown has been read: `@name`, `#12`, mail addresses, bare URLs.
 */
export function plain(text: string, limit = 300): string {
  return shorten(printable(text).trim(), limit)
    .replace(/[\\`*[\]~]|^[-+=]/gu, '\\$&')
    .replace(/^(\d+)([.)])/u, '$1\\$2')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/[@#]/gu, '$&<!-- -->')
    .replace(/\|/gu, '&#124;')
    .replace(/\$/gu, () => '<span>$</span>')
    .replace(/:(?=\/\/)|\bwww(?=\.)/giu, '$&<!-- -->');
}

/** Foreign text in the type of code: paths, UUIDs, values. */
export function code(text: string, limit = 300): string {
  return `<code>${plain(text, limit)}</code>`;
}

/** A link to an address of the web; any other text is shown as it is. */
export function link(text: string, url: string): string {
  return /^https?:\/\/[\w.:/-]+$/u.test(url) ? `[${plain(text)}](${url})` : `${plain(text)} (${code(url)})`;
}

/** Foreign text inside an HTML block, such as a `<summary>`, where Markdown is not read but names still become links. */
export function html(text: string, limit = 300): string {
  return shorten(printable(text).trim(), limit)
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/"/gu, '&quot;')
    .replace(/[@#]/gu, '$&<!-- -->')
    .replace(/\$/gu, () => '<span>$</span>')
    .replace(/:(?=\/\/)|\bwww(?=\.)/giu, '$&<!-- -->');
}

/** Lines to copy, or a diff. The fence is longer than any run of backticks in them. */
export function fenced(lines: readonly string[], language: 'text' | 'diff' = 'text'): string {
  const body = lines.map(printable).join('\n');
  const longest = Math.max(2, ...Array.from(body.matchAll(/`+/gu), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${body}\n${fence}`;
}

/** A row of a table; the cells are Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function tableHead(titles: readonly string[]): string {
  return `${tableRow(titles)}\n|${' --- |'.repeat(titles.length)}`;
}
