import { SyncError } from '../core/errors.ts'
import type { Fetched, ReadOptions, Resource } from '../core/remote.ts'
import { BATCH } from '../core/server-profile.ts'
import type { Href, Problem } from '../core/types.ts'
import type { OpenCollection } from './collection.ts'
import { askDav, toETag } from './dav.ts'
import { NAMES } from './dav-names.ts'
import { calendarMultiget, calendarQuery } from './dav-requests.ts'
import { getResource } from './get-resource.ts'
import { hrefKey, hrefToSend } from './href.ts'
import type { DavResponse } from './multistatus.ts'
import { safeUrl } from './safe-url.ts'

/** Small servers do not get faster with more; and a login revoked in the middle is refused at most this often. */
const AT_ONCE = 2

/** A batch that takes less than this may be larger, one that takes more is too large. */
const QUICK_MS = 1000
const SLOW_MS = 10_000

/** From here on, when most of the calendar is wanted, one query for all is cheaper than batches. */
const WHOLE_FROM = 100
const MOST = 0.8

/** This many questions that got no answer, without one that did, mean that the server is not there. */
const MAX_SILENCES = 3

/** This many refusals with one status, without one success, say something of the calendar, not of single events. */
const MIN_EVIDENCE = 5

/**
 * Reads the given resources. `listed` is how many the calendar has. What an answer lacks is asked for again by itself
 * (pitfall R4), and a batch that fails is halved until the one bad resource stands alone (R5).
 */
export async function fetchResources(
  collection: OpenCollection,
  hrefs: readonly Href[],
  listed: number,
  signal: AbortSignal,
  options: ReadOptions = {},
): Promise<Fetched> {
  const isMost = hrefs.length >= listed * MOST
  // A few bad events among many that were read at earlier runs say nothing of the calendar, however often they fail.
  const reading = new Reading(collection, hrefs, isMost || listed === Number.POSITIVE_INFINITY, signal, options)
  if (hrefs.length >= WHOLE_FROM && isMost) await reading.whole()
  await reading.inBatches()
  return reading.result()
}

/** One call of `fetch`: what is still wanted, and what became of the rest. */
class Reading {
  readonly #collection: OpenCollection
  readonly #signal: AbortSignal
  readonly #stop = new AbortController()
  readonly #wanted = new Map<string, Href>()
  readonly #resources: Resource[] = []
  #taken = 0
  readonly #unreadable: { href: Href; problem: Problem }[] = []
  readonly #gone: Href[] = []
  readonly #refusals = new Map<number | undefined, number>()
  readonly #mayGiveUp: boolean
  #silences = 0
  /** Size of the last batch that failed as a whole; 0: none since one of the kind was read. */
  #tooLarge = 0

  readonly #options: ReadOptions

  constructor(
    collection: OpenCollection,
    hrefs: readonly Href[],
    mayGiveUp: boolean,
    signal: AbortSignal,
    options: ReadOptions,
  ) {
    this.#options = options
    this.#collection = collection
    this.#mayGiveUp = mayGiveUp
    this.#signal = AbortSignal.any([signal, this.#stop.signal])
    for (const href of hrefs) this.#wanted.set(this.#key(href), href)
  }

  result(): Fetched {
    // All listed and none to be had is no proof of anything: Feishu answers like that for events that exist.
    const none = this.#gone.length >= MIN_EVIDENCE && this.#taken === 0
    if (this.#mayGiveUp && none) throw this.#nothingToBeHad()
    return { resources: this.#resources, unreadable: this.#unreadable, gone: this.#gone }
  }

  /** One calendar-query for everything. Whatever goes wrong with it, the batches can still read what it did not. */
  async whole(): Promise<void> {
    try {
      await this.#ask(calendarQuery(true), '1')
    } catch (thrown) {
      if (!concernsOnlyThis(thrown)) this.#countSilence(thrown)
    }
  }

  async inBatches(): Promise<void> {
    const left = [...this.#wanted.values()]
    const halves: Href[][] = []
    const next = () => halves.shift() ?? left.splice(0, this.#collection.profile.batch)
    const worker = async () => {
      for (let batch = next(); batch.length > 0; batch = next()) halves.unshift(...(await this.#readBatch(batch)))
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
    } catch (thrown) {
      left.length = 0
      halves.length = 0
      this.#stop.abort(thrown)
      throw thrown
    }
  }

  /** Gives back the halves to be tried instead, where the batch as a whole could not be read. */
  async #readBatch(batch: readonly Href[]): Promise<Href[][]> {
    if (batch.length > 1) {
      try {
        const { clock } = this.#collection.http
        const since = clock.now()
        await this.#ask(calendarMultiget(batch.map((href) => hrefToSend(this.#collection.url, href))), '1')
        this.#silences = 0
        this.#learnBatch(batch.length, clock.now() - since)
      } catch (thrown) {
        if (!concernsOnlyThis(thrown)) this.#countSilence(thrown)
        const left = this.#still(batch)
        this.#tooLarge = left.length
        if (left.length > 1) return [left.slice(0, left.length / 2), left.slice(left.length / 2)]
      }
    }
    for (const href of this.#still(batch)) await this.#readAlone(href)
    return []
  }

  /**
   * The next batches are larger where this one was quick, and smaller where it was slow, or where a larger one had
   * failed that was fine in halves: then it was its size, and no single event.
   */
  #learnBatch(size: number, elapsedMs: number): void {
    const { profile } = this.#collection
    if (this.#tooLarge > size && this.#tooLarge <= size * 2 + 1) {
      profile.batch = Math.max(BATCH.least, size)
      this.#tooLarge = 0
    } else if (elapsedMs > SLOW_MS) profile.batch = Math.max(BATCH.least, Math.floor(profile.batch / 2))
    else if (elapsedMs > 0 && elapsedMs < QUICK_MS && size === profile.batch) {
      profile.batch = Math.min(BATCH.most, profile.batch + 10)
    }
  }

  async #readAlone(href: Href): Promise<void> {
    const key = this.#key(href)
    const answer = await getResource(this.#collection, href, this.#signal)
    this.#wanted.delete(key)
    if (answer.kind === 'read') this.#keep(answer.resource)
    else if (answer.kind === 'gone') this.#gone.push(href)
    else {
      this.#unreadable.push({ href, problem: answer.problem })
      this.#countRefusal(answer.error)
    }
  }

  async #ask(body: string, depth: '0' | '1'): Promise<void> {
    const { http, url, credentials } = this.#collection
    const question = { method: 'REPORT', url, depth, body, limits: 'calendar', doing: 'read the events' } as const
    await askDav(http, credentials, question, this.#signal, (response) => this.#take(response))
  }

  #take({ href, status, props, mended }: DavResponse): void {
    const text = props.get(NAMES.calendarData)?.text ?? ''
    const key = this.#key(href)
    const asked = this.#wanted.get(key)
    // Anything short of a whole calendar is asked for again by itself.
    if (asked === undefined || (status !== null && status >= 300) || !isWholeCalendar(text)) return
    this.#wanted.delete(key)
    this.#keep({ href: asked, etag: toETag(props.get(NAMES.getetag)?.text), text, mended })
    this.#options.onProgress?.(this.#taken)
  }

  #keep(resource: Resource): void {
    this.#taken += 1
    if (this.#options.take) this.#options.take(resource)
    else this.#resources.push(resource)
  }

  #nothingToBeHad(): SyncError {
    const url = safeUrl(this.#collection.url)
    const message = `The server lists events in ${url} but answers 404 for every one of them. They are kept as they were.`
    return new SyncError('protocol', message, { url, status: 404 })
  }

  #still(batch: readonly Href[]): Href[] {
    return batch.filter((href) => this.#wanted.has(this.#key(href)))
  }

  #key(href: string): string {
    return hrefKey(href, this.#collection.url)
  }

  /** Throws where asking on is pointless: a server that fails at everything is not asked for every event. */
  #countRefusal(error: SyncError): void {
    const { status } = error.details
    const count = (this.#refusals.get(status) ?? 0) + 1
    this.#refusals.set(status, count)
    if (this.#mayGiveUp && count >= MIN_EVIDENCE && this.#taken === 0) throw error
  }

  #countSilence(thrown: unknown): void {
    this.#silences += 1
    const silent = thrown instanceof SyncError && thrown.kind === 'unreachable'
    if (!silent || this.#silences >= MAX_SILENCES) throw thrown
  }
}

/** An error that a smaller question may avoid; those about the account, the server as a whole or a stop are not. */
function concernsOnlyThis(thrown: unknown): boolean {
  if (!(thrown instanceof SyncError)) return false
  const { kind, details } = thrown
  if (kind === 'protocol' || kind === 'refused') return true
  return kind === 'busy' && details.status !== 429 && details.status !== 503
}

/** Whether a calendar-data is there from its beginning to its end. */
export function isWholeCalendar(text: string): boolean {
  const end = text.trimEnd().slice(-'END:VCALENDAR'.length)
  return /^\s*BEGIN:VCALENDAR\b/i.test(text) && end.toUpperCase() === 'END:VCALENDAR'
}
