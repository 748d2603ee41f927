import { createHash } from 'node:crypto';
import type { AlertType, Entity } from './shapes.js';

/** A UUID that is always the same for the same text (version 8: made by a rule of our own). */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

// sekoia-api.md §5.1: the slugs by category. Names are not unique, category and name together are.
const TYPES_BY_CATEGORY: Readonly<Record<string, readonly string[]>> = {
  'abusive-content': ['harmful-speech', 'spam', 'violence'],
  'abusive-usage': ['bandwidth-download', 'bandwidth-upload', 'high-drop', 'p2p'],
  availability: ['dos', 'ddos', 'outage', 'sabotage'],
  fraud: ['copyright', 'masquerade', 'phishing', 'unauthorized-use-of-resources'],
  'information-content-security': ['unauthorized-information-access', 'unauthorized-information-modification'],
  'information-gathering': ['appscan', 'portscan', 'scanner', 'sniffing', 'social-engineering', 'sweepscan'],
  intrusions: [
    'application-compromise',
    'backdoor',
    'bot',
    'defacement',
    'lateral-move',
    'privilege-escalation',
    'privileged-account-compromise',
    'system-compromise',
    'unprivileged-account-compromise',
  ],
  'intrusion-attempts': ['brute-force', 'exploit', 'ids-alert'],
  'malicious-code': [
    'botnet-drone',
    'dialer',
    'malware',
    'malware-configuration',
    'ransomware',
    'rootkit',
    'spyware',
    'trojan',
    'virus',
    'worm',
  ],
  'malicious-traffic': [
    'blacklist',
    'c&c',
    'exfiltration',
    'other',
    'payload',
    'rat-traffic',
    'reconnaissance',
    'tunnel',
  ],
  other: ['blacklist', 'other', 'unknown'],
  'policy-violation': ['blacklist', 'unauthorized-application'],
  test: ['test'],
  vulnerable: ['vulnerable-service'],
};

// §5.1: all that is public. The type of the last one (Sekoia's article on detections as code) is a guess.
const KNOWN_UUIDS: Readonly<Record<string, string>> = {
  'intrusions/application-compromise': '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded',
  'malicious-traffic/exfiltration': '0b7c0b5b-da8e-4e43-a2e1-11cb5a40f168',
  'malicious-traffic/c&c': '47e51ab7-4caa-4c4b-8442-a1caf868806d',
  'intrusions/backdoor': '5928d144-2038-4a87-b996-b3585a9a1a41',
  'intrusion-attempts/exploit': '4321cd89-89d6-4674-9e99-690ce0e61621',
  'information-gathering/appscan': '38305ebd-cec9-47ff-b38b-d20bd22eb79d',
  'intrusion-attempts/brute-force': '26b9f04e-65c7-4fcd-b0a4-ab5854cc36e7',
};

/** Every alert type of §5.1; those whose UUID is not public have one made from their name. */
export const ALERT_TYPES: readonly AlertType[] = Object.entries(TYPES_BY_CATEGORY).flatMap(([category, values]) =>
  values.map((value) => ({
    uuid: KNOWN_UUIDS[`${category}/${value}`] ?? uuidOf(`alert type ${category}/${value}`),
    category_uuid: uuidOf(`alert category ${category}`),
    category_name: category,
    value,
    detail: '',
    description: '',
  })),
);

/** The entities of the community. */
export function entitiesOf(community: string): readonly Entity[] {
  return ['Head office', 'Workshop', 'Warehouse'].map((name) => ({
    uuid: uuidOf(`entity ${name}`),
    name,
    entity_id: name.toLowerCase().replace(' ', '-'),
    alerts_generation: uuidOf('generation mode'),
    description: '',
    community_uuid: community,
    number_of_intakes: 1,
  }));
}

export const DATASOURCES = ['Process monitoring', 'Authentication logs', 'DNS records'].map((name) => ({
  uuid: uuidOf(`datasource ${name}`),
  name,
}));
