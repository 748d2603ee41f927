import * as core from '@actions/core';
import { cancelOnSignals } from './cancellation.js';
import { publishFailure } from './hosts/github-failure.js';
import { githubHost } from './hosts/github.js';
import { runnerLog } from './log.js';
import { run } from './run.js';

/** The bundle's entry: runs, hands cancellation down, and turns what came of it into the exit code. */
const { signal, deadline } = cancelOnSignals((line) => {
  runnerLog.info(line);
});
process.on('uncaughtException', (thrown) => {
  process.exitCode = publishFailure(thrown);
  process.exit();
});

try {
  process.exitCode = await run({
    env: process.env,
    log: runnerLog,
    host: githubHost(process.env),
    signal,
    deadline,
    mask: (secret) => {
      core.setSecret(secret);
    },
  });
} catch (thrown) {
  process.exitCode = publishFailure(thrown);
}
// A command or connection that still hangs would keep a cancelled run alive until it is killed.
if (signal.aborted) process.stdout.write('', () => process.exit());
