/** Second looks, before something is believed to be gone. */
import type { RemoteCalendar } from '../core/remote.ts'
import type { Href, Problem } from '../core/types.ts'
import type { KnownResource } from '../store/remote-types.ts'

/** A listing that lacks fewer than these is believed at once … */
const BELIEVED_LOSS = 5
/** … and so is one that lacks no more than this share of what is known. */
const BELIEVED_SHARE = 0.2

/**
 * Of many resources that a listing lacks at once, those that a second listing has: a server in trouble may list a part
 * as if it were all (pitfall R4), and what is gone is gone in both.
 */
export async function backAgain(
  remote: RemoteCalendar,
  gone: readonly KnownResource[],
  known: number,
  keyOf: (href: Href) => string,
  signal: AbortSignal,
): Promise<ReadonlySet<KnownResource>> {
  if (gone.length <= Math.max(BELIEVED_LOSS, known * BELIEVED_SHARE)) return new Set()
  const { resources } = await remote.list(signal)
  const listed = new Set(resources.map(({ href }) => keyOf(href)))
  return new Set(gone.filter(({ href }) => listed.has(keyOf(href))))
}

/**
 * Of resources that were listed and then not there, those that are truly gone: deleted between our two looks. Some
 * servers answer 404 for what exists (pitfall R4), so only a second listing that lacks them proves it.
 */
export async function confirmGone(
  remote: RemoteCalendar,
  gone: readonly Href[],
  keyOf: (href: Href) => string,
  signal: AbortSignal,
): Promise<Set<string>> {
  if (gone.length === 0) return new Set()
  const { resources } = await remote.list(signal)
  const listed = new Set(resources.map((resource) => keyOf(resource.href)))
  return new Set(gone.map(keyOf).filter((key) => !listed.has(key)))
}

/** What is said of a resource that a listing has, and that is not there when it is asked for. */
export function listedButNotThere(href: Href): Problem {
  return {
    code: 'resource-unreadable',
    subject: href,
    message: `The server lists an event at ${href} but answers that it is not there. What was known of it is kept.`,
  }
}
