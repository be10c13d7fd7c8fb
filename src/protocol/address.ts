import { BlockList, isIP, isIPv4 } from 'node:net'

/**
 * - `forbidden`: never connected to. Link-local and cloud metadata services hand out credentials to whoever asks;
 *   the others (this-network, multicast, reserved) are no unicast host at all.
 * - `private`: loopback, home and office networks (RFC 1918, 4193, 6598).
 */
export type AddressClass = 'public' | 'private' | 'forbidden'

const forbidden = list(
  [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '224.0.0.0/4',
    '240.0.0.0/4',
    '100.100.100.200/32',
    '192.0.0.192/32',
    '168.63.129.16/32',
  ],
  ['::/128', 'fe80::/10', 'ff00::/8', 'fd00:ec2::/32', 'fd20:ce::254/128'],
)
const privates = list(
  ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ['::1/128', 'fc00::/7', 'fec0::/10'],
)

/** Judges a literal IPv4 or IPv6 address. Anything that is not one is forbidden. */
export function classifyAddress(address: string): AddressClass {
  const bare = address.split('%', 1)[0] ?? ''
  const version = isIP(bare)
  if (version === 0) return 'forbidden'
  if (version === 4) return inLists(bare, 'ipv4')
  const own = inLists(bare, 'ipv6')
  const classes = [own, ...embeddedIpv4(bare).map((inner) => inLists(inner, 'ipv4'))]
  if (classes.includes('forbidden')) return 'forbidden'
  return classes.includes('private') ? 'private' : 'public'
}

function inLists(address: string, family: 'ipv4' | 'ipv6'): AddressClass {
  if (forbidden.check(address, family)) return 'forbidden'
  return privates.check(address, family) ? 'private' : 'public'
}

/** IPv4 addresses that an IPv6 address stands for: mapped, compatible, NAT64 (RFC 6052), 6to4 (3056), Teredo (4380). */
function embeddedIpv4(address: string): string[] {
  const groups = expandIpv6(address)
  const pair = (at: number, mask = 0) => {
    const high = (groups[at] ?? 0) ^ mask
    const low = (groups[at + 1] ?? 0) ^ mask
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
  }
  const [a = 0, b = 0] = groups
  const leadingZeros = groups.findIndex((group) => group !== 0)
  if (leadingZeros === 5 && groups[5] === 0xffff) return [pair(6)]
  if (leadingZeros >= 6 && !(leadingZeros === 7 && groups[7] === 1)) return [pair(6)]
  if (a === 0x64 && b === 0xff9b) return [pair(6)]
  if (a === 0x2002) return [pair(1)]
  if (a === 0x2001 && b === 0) return [pair(2), pair(6, 0xffff)]
  return []
}

function expandIpv6(address: string): number[] {
  const tail = address.slice(address.lastIndexOf(':') + 1)
  let text = address
  if (isIPv4(tail)) {
    const [p = 0, q = 0, r = 0, s = 0] = tail.split('.').map(Number)
    text = `${address.slice(0, -tail.length)}${((p << 8) | q).toString(16)}:${((r << 8) | s).toString(16)}`
  }
  const [left = '', right] = text.split('::')
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  if (right === undefined) return parse(left)
  const [head, end] = [parse(left), parse(right)]
  return [...head, ...Array<number>(Math.max(0, 8 - head.length - end.length)).fill(0), ...end]
}

function list(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const blocks = new BlockList()
  const add = (subnet: string, family: 'ipv4' | 'ipv6') => {
    const [network = '', prefix = ''] = subnet.split('/')
    blocks.addSubnet(network, Number(prefix), family)
  }
  for (const subnet of ipv4) add(subnet, 'ipv4')
  for (const subnet of ipv6) add(subnet, 'ipv6')
  return blocks
}
