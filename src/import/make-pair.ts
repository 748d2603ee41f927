import { Buffer } from 'node:buffer';
import type { Finding } from '../detections/types.js';
import type { Rule } from '../sekoia/types.js';
import { isLintCode } from '../sigma/lint/codes.js';
import { notImported } from './choose-rules.js';
import { metadataText } from './metadata-text.js';
import type { TargetKey } from '../detections/types.js';
import type { MadePair, Pair, ReadBack } from './types.js';

export interface PairOptions {
  readonly target: TargetKey | null;
  /** Reads the pair as every run does, and plans it against its rule. */
  readonly readBack: (pair: Pair) => Promise<ReadBack>;
}

/**
 * The files of a rule, or why no files can stand for it. They are read again before they are handed out: they say what
 * the rule is, and a deployment would leave it alone. A check of patterns that would hold the rule back becomes a warning
 * for it, since the platform has it as it is.
 *
 * @param stem folder and NAME of the files.
 */
export async function makePair(rule: Rule, stem: string, { target, readBack }: PairOptions): Promise<MadePair> {
  let eased: readonly string[] = [];
  for (;;) {
    const pair = pairOf(rule, stem, target, eased);
    const back = await readBack(pair);
    if (back.kind === 'unchanged') return { kind: 'pair', pair };
    if (back.kind === 'different') return left(rule, back.reason, back.help);
    const more = back.errors.map(({ code }) => code).filter((code) => isLintCode(code) && !eased.includes(code));
    const fixed = back.errors.filter(({ code }) => !more.includes(code));
    // Each turn eases one check more at least, and there are some sixty.
    if (fixed.length > 0 || more.length === 0) return left(rule, reasonOf(back.errors, fixed), HELP);
    eased = [...new Set([...eased, ...more])].sort();
  }
}

function pairOf(rule: Rule, stem: string, target: TargetKey | null, eased: readonly string[]): Pair {
  return {
    rule,
    path: `${stem}.json`,
    metadata: Buffer.from(metadataText(rule, { target, eased }), 'utf8'),
    patternPath: `${stem}_sigma.yml`,
    pattern: Buffer.from(rule.write.payload, 'utf8'),
    eased,
  };
}

function left(rule: Rule, reason: string, help: string): MadePair {
  return { kind: 'not-imported', rule: notImported(rule, reason, help) };
}

function reasonOf(errors: readonly Finding[], fixed: readonly Finding[]): string {
  const [first] = fixed.length > 0 ? fixed : errors;
  if (first === undefined) return 'its files would be held back';
  const where = first.path.endsWith('.json') ? '' : ` (line ${first.line} of its pattern)`;
  return `its files would be held back, ${first.code}: ${first.message}${where}`;
}

const HELP = 'Correct it in Sekoia and run the import again, or write its files by hand, with its `uuid`.';
