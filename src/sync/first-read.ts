import { nextState } from '../core/change-state.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { compactObject, scannedOf } from '../core/ical/scanned-object.ts'
import type { RemoteCalendar, Resource } from '../core/remote.ts'
import type { ETag, Href, Problem } from '../core/types.ts'
import { hrefKey } from '../protocol/href.ts'
import type { KnownResource } from '../store/remote-types.ts'
import { confirmGone, listedButNotThere } from './confirm-gone.ts'
import { type Observed, observe } from './observe.ts'
import { byHref, type Pulled, type PullOptions } from './pulled.ts'

/** So many resources are stored at once: a few milliseconds. */
const BATCH = 64

/**
 * Reads a calendar for the first time, in one answer where the server gives that. Each resource is read as it arrives and,
 * where there is a `keep`, stored with the others of its batch, so that the texts of no more than one batch are in memory;
 * what does not fill a batch is left in `upsert`, to be stored with the state of the calendar.
 * A read that breaks off leaves what it stored: `known`. The next one goes on from there by ETags, and tells no more
 * what was mended in them on the way.
 */
export async function firstRead(
  remote: RemoteCalendar,
  known: readonly KnownResource[],
  signal: AbortSignal,
  options: PullOptions,
): Promise<Pulled> {
  const { marks, progress = () => undefined } = options
  const keyOf = (href: Href) => hrefKey(href, remote.url)
  const arrivals = new Arrivals(known, keyOf, options)
  const allAtOnce = {
    syncToken: marks?.syncToken,
    take: (resource: Resource) => arrivals.take(resource),
    onProgress: (done: number) => progress('fetch', done, 0),
  }
  const look = await remote.list(signal, known.length === 0 ? allAtOnce : {})
  const listed = new Map(look.resources.map(({ href, etag }) => [keyOf(href), etag]))
  const missing = look.resources.filter(({ href, etag }) => !arrivals.has(keyOf(href), etag)).map(({ href }) => href)
  const cameAll = missing.length === 0 && arrivals.read > 0
  const left = cameAll ? { unreadable: [], gone: [] } : await fetchLeft()
  const goneSince = await confirmGone(remote, left.gone, keyOf, signal)
  const stillListed = left.gone.filter((href) => !goneSince.has(keyOf(href)))
  for (const key of goneSince) listed.delete(key)

  const unreadable = [
    ...arrivals.problems(listed),
    ...left.unreadable.map(({ problem }) => problem),
    ...stillListed.map(listedButNotThere),
  ]
  const { resources, objects, upsert, findings, remove } = arrivals.result(listed)
  return {
    resources,
    objects,
    upsert,
    remove,
    leftUids: new Set(),
    fetched: arrivals.read,
    unreadable,
    findings,
    state: nextState(look, options.state, marks, unreadable.length === 0, options.now),
  }

  async function fetchLeft() {
    progress('fetch', 0, missing.length)
    return await remote.fetch(missing, signal, {
      take: (resource) =>
        arrivals.take({ ...resource, etag: resource.etag ?? listed.get(keyOf(resource.href)) ?? null }),
      onProgress: (done) => progress('fetch', done, missing.length),
    })
  }
}

type Read = Omit<Extract<Observed, { known: KnownResource }>, 'objects'> & {
  /** Null: to be read from what is stored, or needed by nobody. */
  readonly objects: readonly CalendarObject[] | null
}
type Arrival = Read | { readonly problem: Problem; readonly etag: ETag | null }

/** What has come so far, by key; what comes twice counts as it came last. */
class Arrivals {
  readonly #keyOf: (href: Href) => string
  readonly #options: PullOptions
  readonly #come = new Map<string, Arrival>()
  /** Hrefs that may be stored, and do not count any more. */
  readonly #outdated = new Set<Href>()
  /** Of what has come that which is not stored yet. */
  readonly #batch = new Map<string, Read>()
  /** How many were read, those included that came twice. */
  read = 0

  constructor(stored: readonly KnownResource[], keyOf: (href: Href) => string, options: PullOptions) {
    for (const known of stored) {
      const key = keyOf(known.href)
      // Two spellings of one: the latter counts until it is listed otherwise.
      const twin = this.#come.get(key)
      if (twin && 'known' in twin) this.#outdated.add(twin.known.href)
      this.#come.set(key, { known, objects: null, findings: [] })
    }
    this.#keyOf = keyOf
    this.#options = options
  }

  has(key: string, etag: ETag | null): boolean {
    const arrival = this.#come.get(key)
    return arrival !== undefined && ('known' in arrival ? arrival.known : arrival).etag === etag
  }

  take(resource: Resource): void {
    this.read += 1
    const key = this.#keyOf(resource.href)
    const seen = observe(resource, undefined, this.#options)
    const before = this.#come.get(key)
    if (before && 'known' in before) this.#outdated.add(before.known.href)
    this.#batch.delete(key)
    if ('problem' in seen) {
      this.#come.set(key, { etag: resource.etag, problem: seen.problem })
      return
    }
    const { keep, fingerprints } = this.#options
    const read = fingerprints ? { ...seen, objects: null } : seen
    this.#come.set(key, read)
    this.#batch.set(key, read)
    if (keep !== undefined && this.#batch.size >= BATCH) this.#store(keep)
  }

  #store(keep: NonNullable<PullOptions['keep']>): void {
    const kept = keep([...this.#batch.values()].map(({ known }) => known))
    for (const [index, [key, read]] of [...this.#batch].entries()) {
      const known = kept[index]
      if (known) this.#come.set(key, stored(read, known))
    }
    this.#batch.clear()
  }

  /** Of those listed. */
  problems(listed: ReadonlyMap<string, unknown>): Problem[] {
    return [...this.#come].flatMap(([key, one]) => ('problem' in one && listed.has(key) ? [one.problem] : []))
  }

  /** Those listed; what came and is not listed is to be removed. */
  result(listed: ReadonlyMap<string, unknown>) {
    const there: Read[] = []
    const outdated = new Set(this.#outdated)
    for (const [key, arrival] of this.#come) {
      if (!('known' in arrival)) continue
      if (!listed.has(key)) outdated.add(arrival.known.href)
      else {
        there.push(arrival)
        outdated.delete(arrival.known.href)
      }
    }
    there.sort((a, b) => byHref(a.known, b.known))
    return {
      resources: there.map(({ known }) => known),
      objects: new Map(there.flatMap(({ known, objects }) => (objects === null ? [] : [[known, objects] as const]))),
      findings: there.flatMap(({ findings }) => findings),
      upsert: [...this.#batch].flatMap(([key, { known }]) => (listed.has(key) ? [known] : [])),
      remove: [...outdated],
    }
  }
}

/** With no more of its text in memory than the feed needs. */
function stored({ objects, findings }: Read, known: KnownResource): Read {
  // What is known as a tree holds on to all of its text.
  const areScanned = objects?.every((object) => scannedOf(object) !== undefined) === true
  return { known, objects: areScanned ? objects.map(compactObject) : null, findings }
}
