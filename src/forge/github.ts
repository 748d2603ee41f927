import type { Repository } from '../git/repository.js';
import type { GitHubOptions } from '../github/connect.js';
import { connectLazily } from '../github/lazily.js';
import { proposeDrift } from '../writeback/drift-pull-request.js';
import { proposeImport } from '../writeback/import-pull-request.js';
import { findPendingUuids } from '../writeback/pending-uuids.js';
import { chooseWay } from '../writeback/preflight.js';
import { saveUuids } from '../writeback/save-uuids.js';
import type { Forge } from './types.js';

/** GitHub, by its API; nothing is connected before something is asked. */
export function githubForge(options: GitHubOptions & { readonly git: Repository }): Forge {
  const { git: repository, log, ...connection } = options;
  const github = connectLazily({ ...connection, log });
  return {
    compare: async (base, head) => github.open().compare(base, head),
    mergeBase: async (branch, head) => github.open().mergeBase(branch, head),
    chooseWay: async (asked) => chooseWay({ ...asked, github: github.open(), log }),
    saveUuids: async (request) => saveUuids({ ...request, github: github.open(), repository, log }),
    pendingUuids: (of) => findPendingUuids({ ...of, repository, github: github.open, log }),
    proposeDrift: async (request) => proposeDrift({ ...request, github: github.open(), repository, log }),
    proposeImport: async (request) => proposeImport({ ...request, github: github.open(), repository, log }),
    keepComment: async (comment) => github.open().keepComment(comment),
    close: github.close,
  };
}
