import { distance } from 'fastest-levenshtein';
import { CHECK_HELP } from '../report/check-help.js';
import type { Terminal } from '../terminal/terminal.js';
import { shorten } from '../text.js';
import type { ExplainInvocation } from './invocation.js';
import { UsageError } from './usage-error.js';

/**
 * Shows the page of a check from docs/checks.md, which stands in the bundle; without a code, all of them in a line each.
 *
 * @throws UsageError `unknown-code`
 */
export function explain({ out, paint }: Terminal, { code, json }: ExplainInvocation): 0 {
  if (code === undefined) {
    if (json)
      out(
        JSON.stringify(
          Object.entries(CHECK_HELP).map(([name, help]) => ({ code: name, ...help })),
          null,
          2,
        ),
      );
    else
      for (const [name, { level, short }] of Object.entries(CHECK_HELP))
        out(`${paint.cyan(name)} (${level}): ${short}`);
    return 0;
  }
  const help = Object.hasOwn(CHECK_HELP, code) ? CHECK_HELP[code] : undefined;
  if (help === undefined) throw unknownCode(code);
  if (json) out(JSON.stringify({ code, ...help }, null, 2));
  else {
    out(paint.bold(code));
    out('');
    out(help.help);
  }
  return 0;
}

const SHOWN = 3;

function unknownCode(code: string): UsageError {
  const word = code.slice(0, 80).toLowerCase();
  const near = Object.keys(CHECK_HELP)
    .map((name) => ({ name, away: name.includes(word) && word !== '' ? 0 : distance(word, name) }))
    .sort((one, other) => one.away - other.away)
    .slice(0, SHOWN)
    .map(({ name }) => name);
  return new UsageError(
    'unknown-code',
    `\`${shorten(code, 80)}\` is the code of no check.`,
    `The nearest are ${near.join(', ')}; \`sekoia-detections explain\` lists them all.`,
  );
}
