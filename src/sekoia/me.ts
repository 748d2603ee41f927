import type { Calls } from './calls.js';
import { ME_PATH } from './refusals.js';
import { asUuid } from './types.js';
import { isObject } from './wire.js';

/**
 * UUID of the community that the key belongs to, lower case; null when the answer does not name one: the field
 * is not documented (sekoia-api.md §1.2). It needs no permission beyond a valid key.
 *
 * @throws SekoiaError
 */
export async function readCommunity(calls: Calls): Promise<string | null> {
  const me = await calls.call({ method: 'GET', path: ME_PATH }, (body) => (isObject(body) ? { body } : null));
  return asUuid(me.body['community']) ?? null;
}
