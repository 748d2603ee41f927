import { Buffer } from 'node:buffer';
import { compilePattern } from '../../src/sigma/evaluate.js';
import type { EvaluationOptions, Evaluator } from '../../src/sigma/evaluate.js';
import { parsePattern } from '../../src/sigma/parse/parse-pattern.js';
import type { DetectionDocument, Pattern } from '../../src/sigma/parse/types.js';
import { readYaml } from '../../src/sigma/read-yaml.js';

export function parse(source: string | Uint8Array): Pattern {
  return parsePattern(readYaml(typeof source === 'string' ? Buffer.from(source) : source, 'pattern'));
}

/** `code line:column` of each problem. */
export function problems(source: string | Uint8Array): string[] {
  return parse(source).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

export function evaluator(source: string | Uint8Array, options: EvaluationOptions = {}): Evaluator {
  const compilation = compilePattern(parse(source), options);
  if (compilation.kind === 'evaluator') return compilation.evaluator;
  throw new Error(`not an evaluator: ${JSON.stringify(compilation)}`);
}

/** A detection with one selection. */
export function detection(selection: string, condition = 'selection'): string {
  return `detection:\n  selection:\n${selection.replaceAll(/^/gm, '    ')}\n  condition: ${condition}\n`;
}

/** A detection with selections `a`, `b` … that each match when the field of that name is `1`. */
export function conditionOver(names: readonly string[], condition: string): string {
  return JSON.stringify({
    detection: { ...Object.fromEntries(names.map((name) => [name, { [name]: '1' }])), condition },
  });
}

export function onlyDetection(pattern: Pattern): DetectionDocument {
  const [document] = pattern.documents;
  if (document?.kind !== 'detection') throw new Error('no detection');
  return document;
}
