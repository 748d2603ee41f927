import type { Outcome } from '../../src/deploy/types.js';
import type { Detection, Finding, ReadDetection } from '../../src/detections/types.js';
import type { FieldChange, Operation } from '../../src/plan/types.js';
import { makeReport } from '../../src/report/make-report.js';
import type { Report, ReportInput } from '../../src/report/types.js';
import type { Rule, RuleUuid, WriteRule } from '../../src/sekoia/types.js';
import type { CommitSha } from '../../src/git/types.js';

export const UUID_A = 'aaaaaaaa-0000-4000-8000-000000000001' as RuleUuid;
export const UUID_B = 'bbbbbbbb-0000-4000-8000-000000000002' as RuleUuid;
export const COMMIT = '0123456789abcdef0123456789abcdef01234567' as CommitSha;

/** Names and messages that try to be something else. */
export const HOSTILE = [
  'x\n::error file=a.json::forged',
  '::set-output name=created::99',
  '##[error]forged',
  'a%0A::warning::forged',
  'pipe | in | table',
  '<img src=x onerror=alert(1)> & </table>',
  '`code` **bold** _it_ [link](https://evil.example) ![i](x)',
  '@octocat and #12, www.evil.example https://evil.example a@b.example',
  '```\n## heading',
  '\u202eevil\u2066',
  '\u2028::debug::forged',
  '$\\alpha$ $$x$$',
  '</details><h1>x',
] as const;

/** What no line of the log may hold: line ends, characters that reorder, the start of a command. */
export const HARMFUL = /\p{Cc}|[\u2028\u2029\u202a-\u202e]|^\s*::|##\[/u;

export function write(fields: Partial<WriteRule> = {}): WriteRule {
  return {
    name: 'Rule',
    type: 'sigma',
    description: '',
    payload: 'detection:\n  a: 1\n',
    severity: 40,
    effort: 2,
    alert_type_uuid: 'cccccccc-0000-4000-8000-000000000003',
    enabled: true,
    tags: [],
    related_object_refs: [],
    datasources: [],
    event_fields: [],
    parameters: [],
    all_entities: true,
    entities: [],
    all_assets: true,
    assets: [],
    goal: '',
    false_positives: '',
    similarity_strategy: [],
    ...fields,
  };
}

export function detection(stem: string, fields: Partial<Detection> = {}): Detection {
  return {
    path: `detections/${stem}.json`,
    patternPath: `detections/${stem}_sigma.yml`,
    name: `Rule ${stem}`,
    uuid: null,
    draft: false,
    fields: {},
    pattern: '',
    ...fields,
  };
}

export function rule(uuid: RuleUuid): Rule {
  return {
    uuid,
    verified: false,
    write: write(),
    missing: [],
    compilation: { success: true, message: null, at: null },
    createdAt: null,
    createdByType: null,
    updatedAt: null,
    updatedBy: null,
    updatedByType: null,
  };
}

export function finding(path: string, fields: Partial<Finding> = {}): Finding {
  return {
    path,
    line: 3,
    column: 5,
    severity: 'error',
    code: 'field-unknown',
    message: 'There is no field `severty`.',
    help: 'Did you mean `severity`?',
    ...fields,
  };
}

export function create(stem: string, outcome: Partial<Outcome> = {}): Outcome {
  return done(
    { kind: 'create', detection: detection(stem), body: write(), replaces: null },
    { uuid: UUID_A, ...outcome },
  );
}

export function update(stem: string, changes: readonly FieldChange[], outcome: Partial<Outcome> = {}): Outcome {
  const operation: Operation = {
    kind: 'update',
    replaces: null,
    detection: detection(stem, { uuid: UUID_B }),
    rule: rule(UUID_B),
    body: write(),
    changes,
  };
  return done(operation, { uuid: UUID_B, ...outcome });
}

export function unchanged(stem: string): Outcome {
  return done(
    { kind: 'unchanged', detection: detection(stem, { uuid: UUID_B }), rule: rule(UUID_B) },
    { uuid: UUID_B },
  );
}

export function none(stem: string, reason: string): Outcome {
  const { path, name, uuid } = detection(stem);
  return done({ kind: 'none', path, name, uuid, reason }, { kind: 'skipped', reason });
}

export function blocked(stem: string, findings: readonly Finding[]): Outcome {
  const operation: Operation = {
    kind: 'blocked',
    path: `detections/${stem}.json`,
    name: `Rule ${stem}`,
    uuid: null,
    findings,
    obstacle: null,
  };
  return done(operation, { kind: 'failed' });
}

export function faulty(stem: string, errors: readonly Finding[]): ReadDetection {
  return { kind: 'faulty', path: `detections/${stem}.json`, name: `Rule ${stem}`, uuid: null, errors };
}

function done(operation: Operation, outcome: Partial<Outcome>): Outcome {
  return { operation, kind: 'done', uuid: null, reason: '', help: '', ...outcome };
}

export function report(input: Partial<ReportInput> = {}): Report {
  return makeReport({
    mode: 'deploy',
    repository: 'acme/detections',
    branch: 'main',
    head: COMMIT,
    pullRequest: null,
    runUrl: 'https://github.example/acme/detections/actions/runs/7/attempts/1',
    scope: 'Compared with 89abcde, the commit before this push.',
    read: { detections: [], findings: [], notes: [] },
    outcomes: [],
    writeBack: null,
    notes: [],
    ...input,
  });
}
