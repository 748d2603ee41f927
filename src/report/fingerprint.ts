import { createHash } from 'node:crypto';
import type { Finding } from '../detections/types.js';

/**
 * What tells a finding from others, in hex: its file, code and message, and which one of the same it is. Lines are left
 * out, so that a finding that only moved stays the same.
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ path, code, message }) => {
    const same = JSON.stringify([path, code, message]);
    const nth = (seen.get(same) ?? 0) + 1;
    seen.set(same, nth);
    return createHash('sha256').update(`${same}${nth}`).digest('hex');
  });
}
