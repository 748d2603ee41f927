import type { Value } from '../parse/types.js';
import { parseRegex } from './regex/parse-regex.js';
import { impossiblePart, minds } from './regex/whole-field.js';
import { quoted, remark } from './remark.js';
import type { Remark } from './remark.js';

/** Regular expressions that RE2 takes and that will surprise. `covers`: keywords are searched for, fields are not. */
export function checkRegex({ text, place }: Value, covers: 'whole' | 'part'): readonly Remark[] {
  const tree = text === null ? undefined : parseRegex(text);
  if (tree === undefined || text === null) return [];
  const remarks: Remark[] = [];
  if (tree.hasAngleNames) {
    const message = 'Older versions of RE2 know groups named by `(?P<name>…)` only.';
    remarks.push(remark('regex-syntax', place, message, 'Write `(?P<name>…)`.', 'warning'));
  }
  const impossible = impossiblePart(tree.root);
  if (impossible !== undefined) {
    const message = `A part of ${quoted(text)} can never match: ${impossible}.`;
    return [...remarks, remark('regex-never', place, message, 'Remove that part, or put it where it can hold.')];
  }
  const missing = (['start', 'end'] as const).filter((side) => !minds(side, tree.root));
  if (covers === 'part' || missing.length === 0) return remarks;
  const where = missing.map((side) => `${side === 'start' ? '`.*` or `^`' : '`.*` or `$`'} at the ${side}`).join(', ');
  const message = `The whole field has to match ${quoted(text)}, which is not looked for inside it.`;
  const help = `Say what stands around it: ${where}.`;
  return [...remarks, remark('regex-whole-field', place, message, help)];
}
