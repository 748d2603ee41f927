import { isIPv4, isIPv6 } from 'node:net';

/** 4 or 16 bytes, in network order. */
export type Address = readonly number[];

export interface Network {
  /** The first address, host bits cleared. */
  readonly address: Address;
  readonly prefix: number;
}

export type NetworkReading =
  | { readonly kind: 'network'; readonly network: Network; readonly hasHostBits: boolean }
  | { readonly kind: 'no-network' };

/**
 * `10.0.0.0/8`, `2001:db8::/32`, or one address. Host bits are cleared (sigma.md §6). Octets with leading zeros, short
 * forms such as `10.1` and zones are no addresses.
 */
export function parseNetwork(text: string): NetworkReading {
  const { address: written = '', prefix: digits } =
    /^(?<address>[^/%]+)(?:\/(?<prefix>\d{1,3}))?$/.exec(text)?.groups ?? {};
  const address = parseAddress(written);
  const prefix = digits === undefined ? (address?.length ?? 0) * 8 : Number(digits);
  if (address === undefined || prefix > address.length * 8) return { kind: 'no-network' };
  const first = address.map((byte, index) => byte & maskOf(prefix, index));
  return {
    kind: 'network',
    network: { address: first, prefix },
    hasHostBits: first.some((byte, index) => byte !== address[index]),
  };
}

/** An address of either family; undefined for other text. A v4 address written as v6 is v6. */
export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return text.split('.').map(Number);
  if (!isIPv6(text)) return undefined;
  const [plain = ''] = text.split('%');
  const [head = '', tail] = plain.split('::');
  const before = bytesOf(head);
  if (tail === undefined) return before;
  const behind = bytesOf(tail);
  return [...before, ...Array.from({ length: 16 - before.length - behind.length }, () => 0), ...behind];
}

export function isInNetwork(address: Address, { address: first, prefix }: Network): boolean {
  if (address.length !== first.length) return false;
  for (let index = 0; index * 8 < prefix; index += 1) {
    if (((address[index] ?? 0) & maskOf(prefix, index)) !== first[index]) return false;
  }
  return true;
}

function maskOf(prefix: number, index: number): number {
  const bits = Math.min(Math.max(prefix - index * 8, 0), 8);
  return (0xff << (8 - bits)) & 0xff;
}

function bytesOf(groups: string): number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
