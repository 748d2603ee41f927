import { printable } from '../text.js';
import type { Finding } from '../detections/types.js';
import { VERSION } from '../version.js';
import { CHECK_HELP } from './check-help.js';
import { fingerprints } from './fingerprint.js';
import type { Report } from './types.js';

/** GitHub shows 5,000 results of a run and refuses more than 25,000. */
const MOST_RESULTS = 5_000;

/**
 * The findings as a SARIF 2.1.0 log, for code scanning; section numbers are those of the standard. Messages are plain
 * text in which square brackets would make a link (§3.11.6) and numbers in braces a placeholder (§3.11.5).
 */
export function sarif(report: Report): Readonly<Record<string, unknown>> {
  const found = report.findings.slice(0, MOST_RESULTS);
  const codes = [...new Set(found.map(({ code }) => code))].sort();
  const left = report.findings.length - found.length;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sekoia-detections-action',
            version: VERSION,
            rules: codes.map((code) => ruleOf(code, found)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            // What it says of the files is a result; only a run that was stopped did not execute.
            executionSuccessful: report.stopped === null,
            ...(left === 0
              ? {}
              : {
                  toolExecutionNotifications: [
                    { level: 'warning', message: { text: `${left} more findings are in report.json.` } },
                  ],
                }),
          },
        ],
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        results: resultsOf(found, codes),
        properties: { mode: report.mode, scope: report.scope, revision: report.head },
      },
    ],
  };
}

function ruleOf(code: string, found: readonly Finding[]): unknown {
  const known = CHECK_HELP[code];
  const level = known?.level ?? found.find((finding) => finding.code === code)?.severity ?? 'error';
  const short = known?.short ?? `A finding of the code ${code}.`;
  return {
    id: code,
    shortDescription: { text: short },
    fullDescription: { text: short },
    help: { text: known?.help ?? short, markdown: known?.help ?? short },
    defaultConfiguration: { level },
  };
}

function resultsOf(found: readonly Finding[], codes: readonly string[]): readonly unknown[] {
  const prints = fingerprints(found);
  return found.map(({ path, line, column, severity, code, message, help }, index) => {
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: severity,
      message: { text: messageText(`${message} ${help}`) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
            region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) },
          },
        },
      ],
      // The upload adds GitHub's own, of the line.
      partialFingerprints: { 'sekoiaDetections/v1': prints[index] },
    };
  });
}

function messageText(text: string): string {
  return printable(text)
    .replace(/[\\[\]]/gu, '\\$&')
    .replace(/\{(\d+)\}/gu, '{{$1}}');
}

/** Relative to the repository, every segment percent-encoded (§3.4.3, RFC 3986). */
function uriOf(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
}
