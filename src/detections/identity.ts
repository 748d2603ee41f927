import type { Buffer } from 'node:buffer';
import { asRuleUuid, asUuid } from '../sekoia/types.js';
import type { RuleUuid } from '../sekoia/types.js';
import { decodeText } from '../sigma/decode-text.js';
import { readMetadataText } from './read-metadata-text.js';
import { isObject, leavesOut, uuidIn, valueFor } from './target-values.js';
import type { TargetKey } from './types.js';

/** What a metadata file says of the rule that it is. */
export interface Identity {
  readonly uuid: RuleUuid | null;
  readonly name: string | null;
  /** Where the file wants the rule, lower case; left out where it names no community. */
  readonly community?: string;
  /** The file says that it is not meant for the target. */
  readonly isLeftOut: boolean;
}

/**
 * The UUID and name of a metadata file in any version, however wrong its other fields are; undefined when it cannot be
 * read. JSON goes to the engine's own parser, which is a hundred times faster than reading with positions.
 */
export function readIdentity(path: string, content: Buffer, target: TargetKey | null): Identity | undefined {
  if (isJson(path)) {
    const { text, fault } = decodeText(content);
    const value = fault === undefined ? parseObject(text) : undefined;
    return value === undefined ? undefined : identityOf(value, target);
  }
  const reading = readMetadataText(path, content);
  return reading.kind === 'read' ? identityOf(reading.value, target) : undefined;
}

export function isJson(path: string): boolean {
  return path.toLowerCase().endsWith('.json');
}

/** The object that a text of JSON is; undefined for everything else. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @param targets all of the input; null: not known. */
export function identityOf(
  value: Readonly<Record<string, unknown>>,
  target: TargetKey | null,
  targets: readonly TargetKey[] | null = null,
): Identity {
  const community = asUuid(valueFor(value, target)['community_uuid']);
  return {
    uuid: asRuleUuid(uuidIn(value, target)) ?? null,
    name: typeof value['name'] === 'string' ? value['name'] : null,
    ...(community === undefined ? {} : { community }),
    isLeftOut: leavesOut(value, { target, targets }),
  };
}
