import { SyncError } from '../core/errors.ts'
import type { Href } from '../core/types.ts'
import { safeUrl } from './safe-url.ts'

/**
 * Resolves an href of a multistatus against the URL it came from (RFC 4918 section 8.3). Takes what servers really
 * send: absolute, relative, with characters that should have been encoded. Null: it is no http(s) URL at all.
 */
export function resolveHref(base: string, href: string): URL | null {
  const text = href
    .trim()
    .replace(/%(?![0-9a-fA-F]{2})/g, '%25')
    .replace(/[#\\\p{Cc}]/gu, encodeURIComponent)
  const relative = !/^(https?:\/\/|\/)/i.test(text)
  const url = URL.parse(relative ? `./${text}` : text, base)
  return url && /^https?:$/.test(url.protocol) ? url : null
}

/**
 * What two hrefs of one calendar must have in common to be the same resource (pitfall R7): the resolved, decoded path
 * and query, without a last slash. `base` is the URL of the calendar.
 */
export function hrefKey(href: string, base: string): string {
  const plain = plainPath(href)
  if (plain !== null) return plain
  const url = resolveHref(base, href)
  return url ? pathKey(url) : href
}

/**
 * What two absolute URLs of one collection must have in common: as `hrefKey`, with scheme, host and port. A URL that is
 * not http(s) is its own key.
 */
export function collectionKey(url: string): string {
  const parsed = resolveHref(url, url)
  return parsed ? parsed.origin + pathKey(parsed) : url
}

/**
 * The URL of a collection, with its slash, from its key or any URL of it. Null where the key does not tell: a decoded `?`
 * or `#` may be part of a name.
 */
export function collectionUrl(key: string): string | null {
  if (/[#?\\]/.test(key)) return null
  return `${key.replace(/\/+$/, '').replace(/[^\x21-\x7e]+/g, encodeURIComponent)}/`
}

/**
 * The URL of a resource that lies directly inside the collection, always on the collection's own origin; null for
 * anything else: the collection itself, other hosts, other folders, deeper levels (threat D7). Another scheme or port
 * of the same host is taken for the collection's, because servers behind a proxy often do not know their own.
 */
export function memberUrl(collection: string, href: string): URL | null {
  const base = new URL(collection)
  const url = resolveHref(collection, href)
  if (!url || url.hostname !== base.hostname) return null
  const prefix = `${pathKey(base)}/`
  const key = pathKey(url)
  const name = key.slice(prefix.length)
  if (!key.startsWith(prefix) || name === '' || name.includes('/') || url.pathname.endsWith('/')) return null
  // Dots stay encoded in the key where they stand beside bytes that are no UTF-8.
  const parts = name.replace(/%2e/gi, '.').split(/%2f|%5c|\\/i)
  if (parts.includes('..')) return null
  return new URL(url.pathname + url.search, base)
}

/** Which hrefs of a multistatus belong to a collection, asked for many of them. */
export interface Membership {
  isCollection(href: string): boolean
  isMember(href: string): boolean
}

/** `isSameCollection` and `memberUrl` of one collection; most hrefs are told by their text alone. */
export function membership(collection: string): Membership {
  const path = pathKey(new URL(collection))
  return {
    isCollection: (href) => {
      const plain = plainPath(href)
      return plain === null ? isSameCollection(collection, href) : plain === path
    },
    isMember: (href) => {
      const plain = plainPath(href)
      if (plain === null || plain.length < href.length) return memberUrl(collection, href) !== null
      return plain.startsWith(`${path}/`) && plain.length > path.length + 1 && !plain.includes('/', path.length + 1)
    },
  }
}

/** True where the href names the collection itself. */
export function isSameCollection(collection: string, href: string): boolean {
  const url = resolveHref(collection, href)
  return url !== null && pathKey(url) === pathKey(new URL(collection))
}

/** The href as it goes back to the server: as received, or encoded where it holds what no href may hold. */
export function hrefToSend(collection: string, href: Href): string {
  const clean = /^[!$-;=?-[\]_a-z~]+$/.test(href) && !/%(?![0-9a-fA-F]{2})/.test(href)
  const url = clean ? null : memberUrl(collection, href)
  return url ? url.pathname + url.search : href
}

/**
 * The URL of a resource of ours. Throws for any name but `[a-z0-9-]+.ics`, so that no write can reach the collection
 * or leave it (pitfalls W2, W3).
 */
export function resourceUrl(collection: string, name: string): URL {
  const url = new URL(collection)
  if (!/^[a-z0-9-]+\.ics$/.test(name)) {
    throw new SyncError('internal', `"${name.slice(0, 60)}" is not a resource name of ours; nothing was written.`)
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${name}`
  url.search = ''
  return url
}

/** The URL of an existing resource that is about to be written or removed; throws where it is no direct member. */
export function existingUrl(collection: string, href: Href): URL {
  const url = memberUrl(collection, href)
  if (url) return url
  const message = `The resource ${safeUrl(resolveHref(collection, href) ?? '')} does not lie in the calendar ${safeUrl(collection)}; nothing was written.`
  throw new SyncError('refused', message, { url: safeUrl(collection) })
}

/** The last path segment, decoded: what a collection is called where it has no display name. */
export function lastSegment(url: string): string {
  return pathKey(new URL(url)).split('/').pop() ?? ''
}

/** An absolute path that a URL parser leaves as it is, with neither escapes nor dot segments. */
const PLAIN_PATH = /^\/(?!\/)[A-Za-z0-9/_~!$&'()*+,;=:@.-]*$/

/** The key of an href that is nothing but such a path; null for any other. */
function plainPath(href: string): string | null {
  return PLAIN_PATH.test(href) && !href.includes('/.') ? href.replace(/\/+$/, '') : null
}

function pathKey(url: URL): string {
  // An encoded slash stays encoded: it is part of a name, not a separator; so does what would then look like one.
  const path = url.pathname.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    run
      .split(/(%2f|%25)/i)
      .map((part) => (/^%2(f|5)$/i.test(part) ? part.toUpperCase() : decode(part)))
      .join(''),
  )
  return path.replace(/\/+$/, '') + url.search
}

function decode(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run.toUpperCase()
  }
}
