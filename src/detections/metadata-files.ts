import type { Buffer } from 'node:buffer';
import { broughtUuids } from './brought-uuids.js';
import { stemOf } from './claims.js';
import { putUuid } from './edit-uuid.js';
import { readIdentity } from './identity.js';
import type { Identity } from './identity.js';
import { pathsOfStem } from './past-files.js';
import type { TargetKey } from './types.js';

/** What the write-back has to know of metadata files. */
export const metadataFiles = {
  putUuid,
  /** UUID and name as the file has them; undefined for what is no metadata file by its path, or cannot be read. */
  identify: (
    { path, content }: { readonly path: string; readonly content: Buffer },
    target: TargetKey | null,
  ): Identity | undefined => (stemOf(path) === undefined ? undefined : readIdentity(path, content, target)),
  /** The UUIDs, of whichever target, that one version of a file has and the one before it does not. */
  broughtUuids,
  /** Where the pattern of a metadata file may stand. */
  patternPaths: (path: string): readonly string[] => {
    const stem = stemOf(path);
    return stem === undefined ? [] : pathsOfStem(stem).patterns;
  },
} as const;
