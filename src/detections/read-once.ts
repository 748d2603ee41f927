import type { Buffer } from 'node:buffer';
import type { ReadCache } from './read-cache.js';
import { readMetadataText } from './read-metadata-text.js';
import type { MetadataReading } from './read-metadata-text.js';

/** The metadata file, read once for all targets. */
export function readOnce(path: string, content: Buffer, cache: ReadCache): MetadataReading {
  return cache.remember(`metadata ${path}`, [content], () => readMetadataText(path, content));
}
