import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Texts of others that lie beside the repository on the maintainers' machines; tests that need them skip without. */
export const SHARED = path.resolve(import.meta.dirname, '../../../shared');

export function sharedJson(name: string): unknown {
  const bytes = readFileSync(path.join(SHARED, name));
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as unknown;
}

/** The files of a gzipped tarball, by path (ustar; names of more than 100 characters in the prefix or a `L` record). */
export function sharedTarball(name: string): ReadonlyMap<string, Buffer> {
  const tar = gunzipSync(readFileSync(path.join(SHARED, name)));
  const files = new Map<string, Buffer>();
  const text = (from: number, length: number): string =>
    tar
      .toString('utf8', from, from + length)
      .split('\0', 1)
      .join('');
  let longName: string | undefined;
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12).trim(), 8);
    const body = tar.subarray(at + 512, at + 512 + size);
    const kind = text(at + 156, 1);
    const prefix = text(at + 345, 155);
    if (kind === 'L') longName = body.toString('utf8').replaceAll('\0', '');
    else {
      if (kind === '0' || kind === '') {
        files.set(longName ?? (prefix === '' ? '' : `${prefix}/`) + text(at, 100), body);
      }
      longName = undefined;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
