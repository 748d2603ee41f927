import type { Buffer } from 'node:buffer';
import { asRuleUuid } from '../sekoia/types.js';
import { stemOf } from './claims.js';
import type { WantedUuid } from './edit-uuid.js';
import { readMetadataText } from './read-metadata-text.js';
import { isObject, memberIn } from './target-values.js';

/**
 * The UUIDs, of whichever target, that the later version of a metadata file has and the earlier one does not. One that
 * stood in the plain `uuid` before, and stands there no more, was moved by the target that takes it.
 */
export function broughtUuids(file: {
  readonly path: string;
  readonly before: Buffer;
  readonly after: Buffer;
}): readonly WantedUuid[] {
  const [before, after] = [valueOf(file.path, file.before), valueOf(file.path, file.after)];
  if (stemOf(file.path) === undefined || before === undefined || after === undefined) return [];
  const plain = { before: asRuleUuid(before['uuid']) ?? null, after: asRuleUuid(after['uuid']) ?? null };
  const hasGone = plain.before !== null && plain.after === null;
  const ofRun: readonly WantedUuid[] =
    plain.after === null || plain.after === plain.before
      ? []
      : [{ uuid: plain.after, replaces: plain.before, target: null }];
  const names = isObject(after['uuids']) ? Object.keys(after['uuids']) : [];
  const ofTargets = names.flatMap((name): readonly WantedUuid[] => {
    const uuid = asRuleUuid(memberIn(after['uuids'], name));
    const replaces = asRuleUuid(memberIn(before['uuids'], name)) ?? null;
    if (uuid === undefined || uuid === replaces) return [];
    return [{ uuid, replaces, target: { name, takesUuid: hasGone && plain.before === uuid } }];
  });
  const [first, second] = ofTargets;
  const isMoved = ofTargets.some(({ target }) => target?.takesUuid === true);
  // The rule was gone: its UUID went, and the new one came in its place.
  if (hasGone && !isMoved && first?.replaces === null && first.target !== null && second === undefined) {
    return [...ofRun, { ...first, replaces: plain.before, target: { ...first.target, takesUuid: true } }];
  }
  return [...ofRun, ...ofTargets];
}

function valueOf(path: string, content: Buffer): Readonly<Record<string, unknown>> | undefined {
  const reading = readMetadataText(path, content);
  return reading.kind === 'read' ? reading.value : undefined;
}
