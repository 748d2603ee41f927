/** Files of a client's repository, of our own wording. */

/** An alert type that is public (sekoia-api.md §5.1). */
export const ALERT_TYPE = '599f4b1a-dd60-43fe-8ee9-07d3c5d00ded';

export function metadata(name: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ name, severity: 40, effort: 2, alert_type_uuid: ALERT_TYPE, ...more }, null, 2)}\n`;
}

export function pattern(processName = 'a.exe'): string {
  return `detection:\n  selection:\n    process.name: ${processName}\n  condition: selection\n`;
}

/** A metadata file and its pattern: `pair('detections/a', 'Some rule')`. */
export function pair(
  stem: string,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, string>> {
  return { [`${stem}.json`]: metadata(name, more), [`${stem}_sigma.yml`]: pattern() };
}

/** Many pairs, `detections/rule-0000` and so on. */
export function pairs(number: number): Readonly<Record<string, string>> {
  const all = Array.from({ length: number }, (_, index) => {
    const id = String(index).padStart(4, '0');
    return pair(`detections/group-${index % 10}/rule-${id}`, `Suspicious process number ${id}`);
  });
  return Object.assign({}, ...all) as Readonly<Record<string, string>>;
}
