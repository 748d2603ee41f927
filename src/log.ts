import * as core from '@actions/core';
import { printable } from './text.js';

/** Where the run tells what it does. Every line is made harmless here, so callers hand over text as it is. */
export interface Log {
  /** A line of the log. */
  info(line: string): void;
  /** A line shown only with step debugging (`RUNNER_DEBUG`). */
  debug(line: string): void;
  /** An annotation without a file, for what the reader should know about the run. */
  notice(message: string): void;
  /** An annotation without a file, for what may need a hand. */
  warning(message: string): void;
  /** A foldable part of the log. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}

/** The runner's log on standard output. */
export const runnerLog: Log = {
  info: (line) => {
    core.info(printable(line));
  },
  debug: (line) => {
    core.debug(printable(line));
  },
  notice: (message) => {
    core.notice(printable(message));
  },
  warning: (message) => {
    core.warning(printable(message));
  },
  group: (title, body) => core.group(printable(title), body),
};

/** A log that nobody reads, for callers that have none. */
export const silentLog: Log = {
  info: () => undefined,
  debug: () => undefined,
  notice: () => undefined,
  warning: () => undefined,
  group: (_title, body) => body(),
};
