import { isIP } from 'node:net'

/** Suffixes that no public name can have, so that no foreign page can be served under them. */
const LOCAL_SUFFIXES = ['.local', '.lan', '.home.arpa', '.internal', '.localhost']

/**
 * Against DNS rebinding: true where a request for this host (with or without port) may be answered. An IP address, a
 * single label and a local name cannot be pointed at us by a stranger's DNS; every other name must be allowed by name.
 */
export function isHostAllowed(host: string, allowedHosts: readonly string[]): boolean {
  const full = host.toLowerCase()
  const name = full.replace(/:\d*$/, '').replace(/\.$/, '')
  if (name === '') return false
  if (allowedHosts.some((allowed) => [full, name].includes(allowed.toLowerCase().replace(/\.$/, '')))) return true
  if (isIP(name) === 4 || isIP(name.replace(/^\[|\]$/g, '')) === 6) return true
  if (!name.includes('.') && !name.includes(':')) return true
  return LOCAL_SUFFIXES.some((suffix) => name.endsWith(suffix))
}
