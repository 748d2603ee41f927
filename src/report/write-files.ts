import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReportFiles } from './outputs.js';
import { reportJson } from './report-json.js';
import { sarif } from './sarif.js';
import type { Report } from './types.js';

/**
 * Writes report.json and findings.sarif into a new folder of the runner's, so that two steps of a job never share one.
 * A file that cannot be written is null: what the run did must not be hidden by it.
 *
 * @param told hears why a file could not be written.
 */
export async function writeFiles(
  report: Report,
  env: Readonly<Record<string, string | undefined>>,
  told: (thrown: unknown) => void,
): Promise<ReportFiles> {
  try {
    const folder = await mkdtemp(path.join(env['RUNNER_TEMP'] || tmpdir(), 'sekoia-detections-'));
    const write = async (name: string, content: unknown): Promise<string | null> => {
      try {
        const file = path.join(folder, name);
        await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
        return file;
      } catch (thrown) {
        told(thrown);
        return null;
      }
    };
    return {
      report: await write('report.json', reportJson(report)),
      sarif: await write('findings.sarif', sarif(report)),
    };
  } catch (thrown) {
    told(thrown);
    return { report: null, sarif: null };
  }
}
