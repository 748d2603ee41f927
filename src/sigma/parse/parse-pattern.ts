import type { YamlReading } from '../read-yaml.js';
import type { Pattern } from './types.js';

/**
 * Parses what `readYaml(bytes, 'pattern')` has read. Total: whatever stands there, the answer is a pattern with what
 * could be made out and the problems of the rest (sigma.md §1–§8). Nothing is thrown.
 */
export type ParsePattern = (reading: YamlReading) => Pattern;
