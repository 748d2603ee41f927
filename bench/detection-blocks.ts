import { existsSync } from 'node:fs';
import path from 'node:path';
import { isMap } from 'yaml';
import { SHARED, sharedTarball } from '../__tests__/sigma/shared.js';
import { readYaml } from '../src/sigma/read-yaml.js';

const ARCHIVE = 'corpora/sigmahq-rules.tar.gz';

/** What of each of SigmaHQ's rules is a pattern in Sekoia's sense: its `detection`. Null, and told, without the archive. */
export function detectionBlocks(): readonly Buffer[] | null {
  if (!existsSync(path.join(SHARED, ARCHIVE))) {
    console.log(`  skipped: ${path.join(SHARED, ARCHIVE)} is not there`);
    return null;
  }
  return [...sharedTarball(ARCHIVE)]
    .filter(([name]) => name.startsWith('sigmahq/rules/') && name.endsWith('.yml'))
    .flatMap(([, bytes]) => {
      const { text, documents } = readYaml(bytes, 'pattern');
      return documents.flatMap(({ contents }) => {
        if (!isMap(contents)) return [];
        const items = contents.items as { key: { source?: string; range?: readonly number[] } }[];
        const index = items.findIndex(({ key }) => key.source === 'detection');
        const from = items[index]?.key.range?.[0];
        return from === undefined ? [] : [Buffer.from(text.slice(from, items[index + 1]?.key.range?.[0]))];
      });
    });
}
