import type { Changes, CompleteListing, ResourceRef } from './remote.ts'

export interface PullPlan<Known extends ResourceRef> {
  /** New, changed, or without an ETag to tell. */
  readonly fetch: readonly ResourceRef[]
  /** Known, and absent from a complete listing. */
  readonly gone: readonly Known[]
  /** Known and still carrying the same ETag. */
  readonly unchanged: readonly Known[]
}

/**
 * Decides what to read from a calendar, given what is known of it. Pure. `keyOf` maps the spellings one href can have
 * to one key. A deletion is derived only from a complete listing (design rule 3), which the type of `listing` says.
 * `suspects`: keys to be read although their ETags are known, because the server named them as changed (SOGo gives what
 * is deleted and made anew its old ETag, pitfall R10).
 */
export function planPull<Known extends ResourceRef>(
  known: readonly Known[],
  listing: CompleteListing,
  keyOf: (href: ResourceRef['href']) => string,
  suspects: ReadonlySet<string> = new Set(),
): PullPlan<Known> {
  const knownByKey = new Map(known.map((resource) => [keyOf(resource.href), resource]))
  const listed = new Set<string>()
  const fetch: ResourceRef[] = []
  const unchanged: Known[] = []
  for (const resource of listing.resources) {
    const key = keyOf(resource.href)
    if (listed.has(key)) continue
    listed.add(key)
    const before = knownByKey.get(key)
    const isSame = before && resource.etag !== null && before.etag === resource.etag
    if (isSame && !suspects.has(key)) unchanged.push(before)
    else fetch.push(resource)
  }
  const gone = known.filter((resource) => !listed.has(keyOf(resource.href)))
  return { fetch, gone, unchanged }
}

/**
 * The same, given only what the server says has changed. What it says is gone stays known here: only a complete listing
 * takes it away.
 */
export function planChanges<Known extends ResourceRef>(
  known: readonly Known[],
  changes: Changes,
  keyOf: (href: ResourceRef['href']) => string,
): PullPlan<Known> {
  const fetch = new Map<string, ResourceRef>()
  for (const resource of changes.changed) {
    // Also what has the ETag we know: SOGo gives what is deleted and made anew its old one (pitfall R10).
    fetch.set(keyOf(resource.href), resource)
  }
  const unchanged = known.filter((resource) => !fetch.has(keyOf(resource.href)))
  return { fetch: [...fetch.values()], gone: [], unchanged }
}
