/** The detections of the demo, worded for it. */

const BRUTE_FORCE = `{
  "name": "Repeated failed logons of one account",
  "type": "sigma",
  "description": "Ten failed logons of the same account within five minutes.",
  "severity": 45,
  "effort": 2,
  "alert_type_uuid": "599f4b1a-dd60-43fe-8ee9-07d3c5d00ded",
  "tags": ["identity", "demo"],
  "enabled": true
}
`;

const BRUTE_FORCE_PATTERN = `name: logon_failure
detection:
  selection:
    event.category: authentication
    action.outcome: failure
    user.name: '*'
  condition: selection
---
correlation:
  type: event_count
  rules:
    - logon_failure
  group-by:
    - user.name
  timespan: 5m
  condition:
    gte: 10
`;

const SHADOW_COPIES = `# Metadata may be YAML as well; comments stay where they are.
name: Shadow copies deleted
description: Ransomware removes the copies that a restore would need.
severity: 80
effort: 1
alert_type_uuid: 599f4b1a-dd60-43fe-8ee9-07d3c5d00ded
false_positives: Backup software that tidies up.
event_fields:
  - field: process.command_line
    description: What was run
`;

const SHADOW_COPIES_PATTERN = `detection:
  tool:
    process.name: vssadmin.exe
    process.command_line|contains|all:
      - delete
      - shadows
  backup:
    user.name|startswith: svc-backup
  condition: tool and not backup
`;

const MAIL_RULE = `{
    "name": "Mailbox rule that hides a conversation \u{1F989}",
    "severity": 60,
    "effort": 3,
    "alert_type_uuid": "599f4b1a-dd60-43fe-8ee9-07d3c5d00ded",
    "draft": true
}
`;

const MAIL_RULE_PATTERN = `detection:
  rule:
    action.name: New-InboxRule
    action.properties.MoveToFolder|contains: RSS
  condition: rule
`;

/** The repository before anybody used the action. */
export const START = { 'README.md': '# Detections of Acme\n' };

/** The first push: a correlation, a single-event rule with YAML metadata, and a draft. */
export const FIRST_PUSH = {
  'detections/identity/brute_force.json': BRUTE_FORCE,
  'detections/identity/brute_force_sigma.yml': BRUTE_FORCE_PATTERN,
  'detections/ransomware/shadow copies.yml': SHADOW_COPIES,
  'detections/ransomware/shadow copies_sigma.yml': SHADOW_COPIES_PATTERN,
  'detections/mail/inbox_rule.json': MAIL_RULE,
  'detections/mail/inbox_rule_sigma.yml': MAIL_RULE_PATTERN,
};

/** The second push: one pattern is sharpened, and another file holds mistakes. */
export const SECOND_PUSH = {
  'detections/ransomware/shadow copies_sigma.yml': SHADOW_COPIES_PATTERN.replace(
    'vssadmin.exe',
    '\n      - vssadmin.exe\n      - diskshadow.exe',
  ),
  'detections/network/beacon.json': `{
  "name": "Beacon to a rare domain",
  "severity": "70",
  "efort": 2,
  "alert_type_uuid": "599f4b1a-dd60-43fe-8ee9-07d3c5d00ded"
}
`,
  'detections/network/beacon_sigma.yml': `detection:
  selection:
    dns.question.name|endswith: .example
    dns.question.name|endswith: .test
  condition: selection
`,
};
