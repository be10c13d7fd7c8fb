import type { HeaderReader } from './client-address.ts'

interface OwnPlaces {
  /** Host and port the request names. */
  readonly requestHost: string
  /** The proxy in front of us may name another. */
  readonly trustProxy: boolean
  /** Where people reach us, as the operator says; null: not told. */
  readonly publicUrl: string | null
}

/**
 * Why a request that changes something is refused for where it comes from; null where it is welcome. Browsers send the
 * login along with requests other sites make, so a browser's request must come from our own pages. Programs send
 * neither header and pass.
 *
 * Sec-Fetch-Site is set by the browser itself and seen first: behind a proxy that rewrites Host it is the better witness.
 */
export function foreignOrigin(header: HeaderReader, { requestHost, trustProxy, publicUrl }: OwnPlaces): string | null {
  const site = header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return null
  if (site !== undefined) return 'Requests from other sites may not change anything here'
  const origin = header('origin')
  if (origin === undefined) return null

  const forwarded = trustProxy ? header('x-forwarded-host')?.split(',').at(-1)?.trim() : undefined
  const told = publicUrl === null ? undefined : new URL(publicUrl).host
  const hosts = [requestHost, forwarded, told].filter((host) => host !== undefined)
  if (hosts.some((host) => isSameHost(origin, host))) return null
  return `Requests from another origin may not change anything here. If this is your own dashboard behind a proxy, let the proxy pass the Host header on, or set PUBLIC_URL`
}

/** Compares host and port. The scheme is left out: a proxy in front of us may speak TLS where we do not. */
function isSameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  if (from.protocol !== 'http:' && from.protocol !== 'https:') return false
  const here = `${from.protocol}//${host}`
  return URL.canParse(here) && new URL(here).host === from.host
}
