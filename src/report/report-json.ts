import { exitCode } from './make-report.js';
import { toldOutcome } from './outputs.js';
import { fieldChanges } from './rule-changes.js';
import { headline } from './headline.js';

import type { MissingUuid, Report, Row, TargetFacts } from './types.js';
import type { Finding } from '../detections/types.js';
import type { Drift, Hand } from '../plan/types.js';

/** The report for machines, as schema/report.schema.json documents it. Foreign text stands in it as it is. */
export function reportJson(report: Report): Readonly<Record<string, unknown>> {
  const { mode, repository, branch, head, pullRequest, runUrl, scope, counts, commit, notes, stopped, spent } = report;
  return {
    version: 1,
    mode,
    exitCode: exitCode(report),
    headline: headline(report).text,
    repository,
    branch,
    head,
    pullRequest,
    runUrl,
    scope,
    counts,
    detections: report.rows.map(detection),
    findings: report.findings.map(finding),
    strangers: (report.strangers ?? []).map(({ uuid, name, created, target }) => ({
      ...ownerOf(target),
      uuid,
      name,
      created: hand(created),
    })),
    alertTypes: (report.alertTypes ?? []).map(({ name, display, uuid, description }) => ({
      name,
      display,
      uuid,
      description,
    })),
    notImported: (report.notImported ?? []).map(({ target, uuid, name, type, reason, help }) => ({
      ...ownerOf(target),
      uuid,
      name,
      type,
      reason,
      help,
    })),
    lost: report.lost.map(missing),
    unwritten: report.unwritten.map(missing),
    commit,
    uuidPullRequest: report.uuidPullRequest,
    notes,
    stopped: stopped === null ? null : { message: stopped.message, help: stopped.help },
    spent: spent === null ? null : { requests: spent.requests, elapsedMs: Math.round(spent.elapsedMs) },
    ...(report.targets === undefined ? {} : { targets: report.targets.map(targetFacts) }),
  };
}

function targetFacts({ name, ring, community, counts, detections, requests, stopped }: TargetFacts): unknown {
  return {
    name,
    ring,
    community,
    counts,
    detections,
    requests,
    stopped: stopped === null ? null : { message: stopped.message, help: stopped.help },
  };
}

/** Only in runs with targets. */
function ownerOf(target: string | undefined): { readonly target?: string } {
  return target === undefined ? {} : { target };
}

function detection(row: Row): unknown {
  const { path, patternPath, name, uuid, operation, outcome, reason, help, attention, findings, brought } = row;
  return {
    ...ownerOf(row.target),
    path,
    patternPath,
    name,
    uuid,
    operation,
    outcome: toldOutcome(outcome),
    reason,
    help,
    changes: fieldChanges(row).map(({ field, from, to }) => ({ field, from: from ?? null, to: to ?? null })),
    attention: attention.map(({ code, message }) => ({ code, message })),
    findings: findings.map(finding),
    brought: brought === null ? null : { commit: brought.commit, author: brought.author, date: brought.date },
    drift: row.drift === undefined ? null : drift(row.drift),
    tests: row.tests === undefined ? null : { passed: row.tests.passed, failed: row.tests.failed },
  };
}

function finding({ path, line, column, severity, code, message, help }: Finding): unknown {
  return { path, line, column, severity, code, message, help };
}

function missing({ path, uuid, reason, help, target }: MissingUuid): unknown {
  return { ...ownerOf(target), path, uuid, reason, help };
}

function drift(of: Drift): unknown {
  if (of.kind === 'missing') return { kind: 'missing', changes: [], hand: null };
  const changes = of.changes.map(({ field, from, to }) => ({ field, from: from ?? null, to: to ?? null }));
  return { kind: 'changed', changes, hand: hand(of.hand) };
}

function hand({ at, by, byType }: Hand): unknown {
  return { at, by, byType };
}
