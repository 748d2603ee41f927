import * as core from '@actions/core';
import { messageOf } from '../errors.js';
import { printable } from '../text.js';
import { annotations } from '../report/annotations.js';
import type { Annotation } from '../report/annotations.js';
import { groups, lastLine } from '../report/lines.js';
import { outputs, rulesOutput } from '../report/outputs.js';
import { summary } from '../report/summary.js';
import type { Report } from '../report/types.js';
import { writeFiles } from '../report/write-files.js';

/** What a report goes to besides the runner. */
interface Outlets {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly comment: (report: Report) => Promise<void>;
}

/**
 * Hands the report to the runner: files, outputs, summary, log, annotations, comment, last line. Outputs come first, so
 * that a run that is being cancelled has them.
 */
export async function publishToRunner(report: Report, outlets: Outlets): Promise<void> {
  const files = await writeFiles(report, outlets.env, (thrown) => {
    core.info(printable(`A file of the report could not be written: ${messageOf(thrown)}`));
  });
  for (const [name, value] of Object.entries(outputs(report, files))) core.setOutput(name, value);
  await writeSummary(report);
  for (const { title, lines } of groups(report)) {
    core.startGroup(printable(title));
    for (const line of lines) core.info(line);
    core.endGroup();
  }
  for (const annotation of annotations(report)) annotate(annotation);
  const { leftOut } = rulesOutput(report);
  if (leftOut !== null) {
    core.notice(
      `The output rules is too long for GitHub and goes without ${leftOut}; the file of the output report has all.`,
    );
  }
  await outlets.comment(report);
  core.info(lastLine(report));
}

/** A summary that cannot be written must not hide what the run did: the rest of the report is told all the same. */
async function writeSummary(report: Report): Promise<void> {
  try {
    await core.summary.addRaw(summary(report)).write();
  } catch (error) {
    core.info(printable(`The job summary could not be written: ${messageOf(error)}`));
  }
}

function annotate({ level, title, message, path, line, column }: Annotation): void {
  const properties = {
    title: printable(title),
    ...(path === null ? {} : { file: path }),
    ...(line === null ? {} : { startLine: line }),
    ...(column === null ? {} : { startColumn: column }),
  };
  switch (level) {
    case 'error':
      core.error(message, properties);
      break;
    case 'warning':
      core.warning(message, properties);
      break;
  }
}
