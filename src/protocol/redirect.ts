import { SyncError } from '../core/errors.ts'
import { MAX_REDIRECTS } from './limits.ts'
import { safeUrl } from './safe-url.ts'

export interface Hop {
  readonly url: URL
  /** True: this hop may be shown the credentials. */
  readonly trusted: boolean
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status)
}

/**
 * Where a redirect of a read leads, or an error that says why it is not followed. Method and body stay what they were
 * also on 301 to 303, because a PROPFIND turned into a GET answers another question. `trail` holds every URL asked so
 * far, the present one last.
 */
export function nextHop(
  trail: readonly URL[],
  location: string | null,
  trusted: boolean,
  withCredentials: boolean,
): Hop {
  const from = trail.at(-1)
  const to = location === null ? null : URL.parse(location, from)
  const at = from ? safeUrl(from) : ''
  if (!from || !to || !/^https?:$/.test(to.protocol)) {
    throw new SyncError('protocol', `${at} redirects to nowhere. Check the URL.`, { url: at })
  }
  to.username = ''
  to.password = ''
  to.hash = ''
  const path = [...trail, to].map(safeUrl).join(' → ')
  if (trail.some((seen) => seen.href === to.href)) {
    throw new SyncError('protocol', `The server redirects in a circle: ${path}. Check the URL.`, { url: at })
  }
  if (trail.length > MAX_REDIRECTS) {
    throw new SyncError('protocol', `The server redirects more than ${MAX_REDIRECTS} times: ${path}. Check the URL.`, {
      url: at,
    })
  }
  const downgrade = from.protocol === 'https:' && to.protocol === 'http:'
  if (downgrade && withCredentials) {
    const message = `${at} redirects from https to http, where the password would travel in the clear. That is not followed.`
    throw new SyncError('refused', message, { url: at })
  }
  return { url: to, trusted: trusted && isSameSite(from, to) }
}

/** Same origin, or the same host moved from http to https on the default ports. */
function isSameSite(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true
  return (
    from.hostname === to.hostname && from.protocol === 'http:' && to.protocol === 'https:' && !from.port && !to.port
  )
}
