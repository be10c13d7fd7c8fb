import { isIP } from 'node:net'

/** Reads a request header by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined

/**
 * The name under which a client is counted: its IPv4 address, or the first 64 bits of its IPv6 address, because one
 * customer line owns a whole /64. With `trustProxy` the address is the one the proxy in front of us saw, which is the
 * last it wrote; what stands before it in the list came from the client and may be invented.
 */
export function clientKey(peer: string | undefined, header: HeaderReader, trustProxy: boolean): string {
  return networkOf((trustProxy ? forwardedAddress(header) : undefined) ?? peer ?? '')
}

function forwardedAddress(header: HeaderReader): string | undefined {
  const forwardedFor = lastItem(header('x-forwarded-for'))
  const real = header('x-real-ip')
  const forwarded = /(?:^|;)\s*for="?([^";]+)"?/i.exec(lastItem(header('forwarded')) ?? '')?.[1]
  for (const candidate of [forwardedFor, real, forwarded]) {
    const address = bareAddress(candidate)
    if (address !== undefined) return address
  }
  return undefined
}

function lastItem(list: string | undefined): string | undefined {
  return list?.slice(list.lastIndexOf(',') + 1)
}

/** Takes brackets and a port off; undefined where no address is left. */
function bareAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const trimmed = text.trim()
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1]
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed)?.[1]
  const address = bracketed ?? withPort ?? trimmed
  return isIP(address) === 0 ? undefined : address
}

function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  if (isIP(bare) !== 6) return bare
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  // An embedded IPv4 address stands for two groups.
  const rightLength = right.length + (right.at(-1)?.includes('.') === true ? 1 : 0)
  const zeros = tail === undefined ? 0 : 8 - left.length - rightLength
  const groups = [...left, ...new Array<string>(Math.max(zeros, 0)).fill('0'), ...right]
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}
