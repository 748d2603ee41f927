import { closest, distance } from 'fastest-levenshtein';
import { EFFORTS, SEVERITIES } from './friendly-values.js';
import { wrongKind } from './metadata-words.js';
import type { Words } from './metadata-words.js';

/** Both names of the alert type, or none. */
export function alertTypeTwice(): Words {
  return {
    code: 'alert-type-twice',
    message: 'The alert type is there twice, as `alert_type` and as `alert_type_uuid`.',
    help: 'Remove one of the two.',
  };
}

export function uuidAsAlertType(uuid: string): Words {
  return {
    code: 'metadata-value',
    message: '`alert_type` holds a UUID, and belongs to the name of a type.',
    help: `Write it as \`alert_type_uuid\`: ${uuid.trim().toLowerCase()}.`,
  };
}

export function wrongAlertType(value: unknown): Words {
  return {
    code: 'metadata-value',
    message: `\`alert_type\` is ${shown(value)}, which is not the name of a type.`,
    help: 'Write category and type, such as intrusion-attempts/brute-force; `mode: alert-types` prints all of them.',
  };
}

/** A text where a number or one of a few words belongs. */
export function wrongWord(field: 'severity' | 'effort', where: string, value: unknown): Words {
  const text = String(value);
  if (/^\s*-?\d+\s*$/.test(text)) return wrongKind(where, ['integer'], value);
  const words = Object.keys(field === 'severity' ? SEVERITIES : EFFORTS);
  const word = text.trim().toLowerCase().slice(0, 40);
  const nearest = closest(word, words);
  return {
    code: 'metadata-value',
    message: `${where} is ${shown(value)}, and has to be ${numbersOf(field)} or one of ${words.join(', ')}.`,
    help:
      distance(word, nearest) <= Math.floor(nearest.length / 2)
        ? `Did you mean \`${nearest}\`?`
        : `Write ${numbersOf(field)}, or one of the words.`,
  };
}

export function wrongTechnique(where: string, value: unknown): Words {
  return {
    code: 'metadata-value',
    message: `${where} is ${shown(value)}, which is not how a technique of MITRE ATT&CK is written.`,
    help: 'Write its id, such as T1110 or T1110.001.',
  };
}

export function unknownTechnique(where: string, technique: string): Words {
  return {
    code: 'attack-unknown',
    message: `${where} is ${technique}, whose STIX id the action does not know.`,
    help: 'Take it out of `attack`, and write its STIX id (attack-pattern--UUID, from the technique in MITRE’s STIX data) into `related_object_refs`.',
  };
}

function numbersOf(field: 'severity' | 'effort'): string {
  return field === 'severity' ? 'a number from 0 to 100' : 'a number from 1 to 4';
}

function shown(value: unknown): string {
  return JSON.stringify(String(value).slice(0, 60));
}
