import type { Calls } from './calls.js';
import { SekoiaError } from './errors.js';
import { asRuleUuid } from './types.js';
import { isObject } from './wire.js';

/** A type that alerts can have, in one of the platform's categories (sekoia-api.md §2.5, §5.1). */
export interface AlertType {
  /** Null where the answer held none that is one. */
  readonly uuid: string | null;
  /** The category's name as the platform writes it; null where it does not say. */
  readonly category: string | null;
  /** The type's own name, unique within its category only. */
  readonly value: string;
  /** A longer name; may be empty. */
  readonly detail: string;
  readonly description: string;
}

const PATH = '/v1/sic/conf/alerts/types';
const PAGE_SIZE = 100;
/** A platform has about 60 types; this is for a server that never ends. */
const MAX_PAGES = 20;

/**
 * The alert types of the platform, in its order. Without a total a list is over at an empty page, or where a server that
 * knows no `offset` sends its only page again.
 *
 * @throws SekoiaError when they cannot be read to their end: a name that looks unique might then not be.
 */
export async function listAlertTypes(calls: Calls): Promise<readonly AlertType[]> {
  try {
    return await readPages(calls);
  } catch (thrown) {
    throw thrown instanceof SekoiaError ? notRead(thrown) : thrown;
  }
}

async function readPages(calls: Calls): Promise<readonly AlertType[]> {
  const types = new Map<string, AlertType>();
  let received = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await readPage(calls, received);
    const before = types.size;
    for (const type of page.types) types.set(JSON.stringify([type.uuid, type.category, type.value]), type);
    const isFirst = received === 0;
    const isNew = types.size > before || isFirst;
    if (isNew) received += page.received;
    const isOver =
      page.total === null ? page.received === 0 || (!isNew && received < PAGE_SIZE) : isNew && received >= page.total;
    if (isOver) return [...types.values()];
    if (!isNew || page.received === 0) break;
  }
  throw new SekoiaError(
    'incomplete-listing',
    `the list could not be read to its end: ${types.size} were seen`,
    'Run again.',
    { method: 'GET', path: PATH },
  );
}

interface Page {
  readonly types: readonly AlertType[];
  /** Rows, those without a name included. */
  readonly received: number;
  readonly total: number | null;
}

function readPage(calls: Calls, offset: number): Promise<Page> {
  const query = { limit: String(PAGE_SIZE), ...(offset === 0 ? {} : { offset: String(offset) }) };
  return calls.call({ method: 'GET', path: PATH, query }, pageOf);
}

function pageOf(body: unknown): Page | null {
  if (!isObject(body)) return null;
  const items: unknown = body['items'] ?? body['data'];
  if (!Array.isArray(items)) return null;
  const types = items.flatMap(typeOf);
  // Rows of another shape altogether are no list of alert types.
  if (types.length === 0 && items.length > 0) return null;
  const total = body['total'];
  const isTotal = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
  return { types, received: items.length, total: isTotal ? total : null };
}

function typeOf(row: unknown): readonly AlertType[] {
  if (!isObject(row)) return [];
  const value = textOf(row['value']);
  if (value === '') return [];
  return [
    {
      uuid: asRuleUuid(row['uuid']) ?? null,
      category: textOf(row['category_name']) || null,
      value,
      detail: textOf(row['detail']),
      description: textOf(row['description']),
    },
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The list belongs to the key alone, so what is said of rules elsewhere does not hold for it. */
function notRead(refusal: SekoiaError): SekoiaError {
  const { code, method, path, status, platform, message, help } = refusal;
  const isRefused = code === 'forbidden' || code === 'not-found' || code === 'wrong-url';
  return new SekoiaError(
    code,
    `The alert types could not be read: ${message}`,
    isRefused
      ? 'Give the key "View rules and alert filters" (SIC_READ_RULES), or write `alert_type_uuid` in place of `alert_type`.'
      : help,
    { method, path, status, platform, cause: refusal },
  );
}
