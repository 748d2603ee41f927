import type { RunEvent } from '../event.js';
import type { Settings } from '../inputs.js';
import type { HostName } from './choose-host.js';
import type { Report } from '../report/types.js';

/** What the server of the repository offers besides git. */
export type ForgeKind =
  /** @property apiUrl `GITHUB_API_URL`. */
  | { readonly kind: 'github'; readonly apiUrl: string }
  /** Nothing, but merge requests that it may make of a push. */
  | {
      readonly kind: 'git';
      readonly mergeRequests: 'push-options' | null;
      /** What to do where a push is not let in, one or two sentences. */
      readonly pushHelp: string;
    };

/** The front door that a run came in by: where it learns what happened, and where its report goes. */
export interface Host {
  readonly name: HostName;
  /** Absolute path of the folder that the repository lies in, its root. */
  readonly workspace: string;
  /** The server that the repository's token is for, such as `https://github.com`; empty where there is none. */
  readonly serverUrl: string;
  /** The name that this server wants beside a token. */
  readonly tokenUser: string;
  readonly forge: ForgeKind;
  /** What started the run. @throws EventError, GitError */
  readEvent(settings: Pick<Settings, 'mode' | 'scope' | 'githubToken'>): Promise<RunEvent>;
  /**
   * Tells people and machines of the run.
   *
   * @param comment puts it on the pull request of the run, in its turn; does nothing where there is none.
   */
  publish(report: Report, comment: (report: Report) => Promise<void>): Promise<void>;
}
