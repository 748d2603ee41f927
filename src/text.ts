/**
 * Text from files, rule names and server answers is foreign: it may hold line ends, workflow commands, escape sequences
 * or characters that reorder what is shown. It is kept as it is inside the program and made harmless where it leaves.
 */

// C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls, zero-width characters, byte order mark.
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** Characters that reorder or hide text on a screen: the bidirectional controls and the invisible ones. */
export const INVISIBLE = /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

/**
 * One line that can be printed anywhere in a runner's log: hidden characters stand as visible escapes, and neither form
 * of workflow command survives (`::name::` counts at the start of a line, `##[name]` anywhere in it; actions/runner,
 * ActionCommand.cs).
 */
export function printable(text: string): string {
  return text
    .replace(HIDDEN, (character) => {
      if (character === '\n') return '\\n';
      if (character === '\r') return '\\r';
      if (character === '\t') return '\\t';
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    })
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/u, '$1: ');
}

/** `1 rule`, `2 rules`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** The text cut to at most `limit` characters (code points), with a mark that says so. */
export function shorten(text: string, limit: number): string {
  const characters = Array.from(text.length > limit * 2 ? text.slice(0, limit * 2 + 2) : text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
