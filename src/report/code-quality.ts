import { printable } from '../text.js';
import type { Finding } from '../detections/types.js';
import { fingerprints } from './fingerprint.js';
import type { Report } from './types.js';

/** Of GitLab's `info`, `minor`, `major`, `critical`, `blocker`: what holds a detection back is no mere hint. */
const SEVERITIES: Readonly<Record<Finding['severity'], string>> = { error: 'critical', warning: 'minor' };

/**
 * The findings as a Code Quality report, for GitLab's merge requests (docs.gitlab.com, "Code Quality report format"):
 * paths are those of the repository, and a fingerprint that two findings share hides one of them.
 */
export function codeQuality({ findings }: Pick<Report, 'findings'>): readonly unknown[] {
  const prints = fingerprints(findings);
  return findings.map(({ path, line, severity, code, message, help }, index) => ({
    description: printable(`${message} ${help}`),
    check_name: code,
    fingerprint: prints[index],
    severity: SEVERITIES[severity],
    location: { path, lines: { begin: Math.max(1, line) } },
  }));
}
