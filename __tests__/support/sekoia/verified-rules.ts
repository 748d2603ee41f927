import type { Catalogue } from './catalogue.js';
import { uuidOf } from './reference-data.js';

const SEEDED_AT = '2026-01-15T08:30:00.000000Z';

/**
 * Fills the catalogue with rules of the platform's own making, as every community has them: a client that trusts a
 * list blindly, reads one page only or deletes by a broad filter is found out (sekoia-api.md §8, 18).
 */
export function seedVerifiedRules(catalogue: Catalogue, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    const label = String(number).padStart(4, '0');
    catalogue.seed({
      uuid: uuidOf(`verified rule ${label}`),
      instance_uuid: uuidOf(`verified rule instance ${label}`),
      name: `Verified Rule ${label}`,
      description: 'Part of the catalogue that comes with the platform.',
      type: number % 25 === 0 ? 'cti' : number % 40 === 1 ? 'anomaly' : 'sigma',
      enabled: number % 3 === 0,
      source: 'SEKOIA.IO',
      verified: true,
      private: false,
      is_private: false,
      created_at: SEEDED_AT,
      created_by: uuidOf('the platform'),
      created_by_type: 'application',
      updated_at: SEEDED_AT,
      updated_by: uuidOf('the platform'),
      updated_by_type: 'application',
      last_compilation_at: SEEDED_AT,
    });
  }
}
