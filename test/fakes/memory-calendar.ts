import { SyncError } from '../../src/core/errors.ts'
import type {
  ChangeMarks,
  Changes,
  CompleteListing,
  Fetched,
  ReadOptions,
  RemoteCalendar,
  ResourceRef,
} from '../../src/core/remote.ts'
import { newProfile } from '../../src/core/server-profile.ts'
import type { ETag, Href } from '../../src/core/types.ts'

/** How a server of this kind differs from the ideal one (shared page on servers, section 4 and 5). */
export interface Quirks {
  /** Stores another text than it was sent, as Radicale, Xandikos and SOGo do. */
  readonly rewrites: boolean
  /** Answers a PUT without an ETag, as Cyrus does for events with guests. */
  readonly silentPut: boolean
  /** Names no ETag anywhere, as SmarterMail does. */
  readonly noEtags: boolean
  /** Gives every resource a new ETag at every listing although nothing changed. */
  readonly restlessEtags: boolean
  /**
   * Sync tokens: `none`, `right`, or `lists-all`: an answer of everything without what is gone, which is how DAViCal,
   * SOGo and others answer a token they do not know.
   */
  readonly tokens: 'none' | 'right' | 'lists-all'
}

/**
 * - `refuse`: nothing happens, the answer is an error.
 * - `lose-answer`: it happens, but the answer never arrives.
 * - `crash`: it happens, and the process dies before it can note anything.
 */
export type FaultKind = 'refuse' | 'lose-answer' | 'crash'

interface Stored {
  text: string
  version: number
}

const BASE = 'https://calendar.example/user/'

/** A calendar in memory, as strict about preconditions as RFC 9110 asks, with quirks and faults on request. */
export class MemoryCalendar implements RemoteCalendar {
  readonly url: string
  readonly profile = newProfile()
  readonly #quirks: Quirks
  readonly #resources = new Map<Href, Stored>()
  /** When each removed resource went. */
  readonly #removed = new Map<Href, number>()
  #versions = 0
  #callsUntilFault = Number.POSITIVE_INFINITY
  #fault: FaultKind = 'refuse'
  #callsUntilInterference = Number.POSITIVE_INFINITY
  #interfere: () => void = () => undefined
  /** PUTs and DELETEs that took effect. */
  writes = 0
  onCrash: () => void = () => undefined
  onRemove: (text: string) => void = () => undefined

  constructor(quirks: Partial<Quirks> = {}, name = 'target') {
    const ideal: Quirks = { rewrites: false, silentPut: false, noEtags: false, restlessEtags: false, tokens: 'none' }
    this.#quirks = { ...ideal, ...quirks }
    this.url = `${BASE}${name}/`
  }

  /** The call with this number from now on fails (0 = the next one). */
  failAt(call: number, kind: FaultKind): void {
    this.#callsUntilFault = call
    this.#fault = kind
  }

  /** Just before the call with this number somebody else acts. */
  interfereAt(call: number, act: () => void): void {
    this.#callsUntilInterference = call
    this.#interfere = act
  }

  noMoreFaults(): void {
    this.#callsUntilFault = Number.POSITIVE_INFINITY
    this.#callsUntilInterference = Number.POSITIVE_INFINITY
  }

  texts(): string[] {
    return [...this.#resources.values()].map((stored) => stored.text)
  }

  /** Somebody else's write, past all preconditions. */
  putByOther(name: string, text: string): void {
    this.#store(this.#href(name), this.#asStored(text))
  }

  /** Somebody else edits the resource whose text holds `marker`; false where there is none. */
  editByOther(marker: string, edit: (text: string) => string): boolean {
    for (const [href, stored] of this.#resources) {
      if (!stored.text.includes(marker)) continue
      this.#store(href, this.#asStored(edit(stored.text)))
      return true
    }
    return false
  }

  removeByOther(marker: string): void {
    for (const [href, stored] of this.#resources) if (stored.text.includes(marker)) this.#remove(href)
  }

  async list(): Promise<CompleteListing> {
    return this.#attempt(() => {
      if (this.#quirks.restlessEtags)
        for (const stored of this.#resources.values()) stored.version = this.#nextVersion()
      const resources = [...this.#resources].map(([href, stored]) => ({ href, etag: this.#etag(stored) }))
      return { complete: true, resources, ...this.#token() }
    })
  }

  /** What a PROPFIND of the calendar would tell. */
  marks(): ChangeMarks {
    return { ctag: String(this.#versions), syncToken: null }
  }

  async changes(syncToken: string): Promise<Changes | null> {
    return this.#attempt(() => {
      if (this.#quirks.tokens === 'none') return null
      const since = this.#quirks.tokens === 'right' ? Number(syncToken) : -1
      const changed = [...this.#resources].filter(([, { version }]) => version > since)
      const removed = this.#quirks.tokens === 'right' ? [...this.#removed].filter(([, at]) => at > since) : []
      return {
        complete: false,
        changed: changed.map(([href, stored]) => ({ href, etag: this.#etag(stored) })),
        removed: removed.map(([href]) => href),
        syncToken: String(this.#versions),
      }
    })
  }

  #token(): { syncToken?: string } {
    return this.#quirks.tokens === 'none' ? {} : { syncToken: String(this.#versions) }
  }

  #remove(href: Href): void {
    this.#resources.delete(href)
    this.#removed.set(href, this.#nextVersion())
  }

  async fetch(hrefs: readonly Href[], _signal?: AbortSignal, { take }: ReadOptions = {}): Promise<Fetched> {
    if (hrefs.length === 0) return { resources: [], unreadable: [], gone: [] }
    return this.#attempt(() => {
      const found = hrefs
        .filter((href) => this.#resources.has(href))
        .map((href) => {
          const stored = this.#get(href)
          return { href, etag: this.#etag(stored), text: stored.text }
        })
      if (take) for (const resource of found) take(resource)
      return {
        resources: take ? [] : found,
        unreadable: [],
        gone: hrefs.filter((href) => !this.#resources.has(href)),
      }
    })
  }

  async create(name: string, text: string): Promise<ResourceRef> {
    const href = this.#href(name)
    return this.#attempt(() => {
      if (this.#resources.has(href)) throw precondition()
      const uid = /^UID:(.*)$/m.exec(text)?.[1]?.trim() ?? ''
      if (this.texts().some((other) => other.includes(`UID:${uid}\r\n`))) {
        throw new SyncError('refused', 'The UID is taken.', { status: 409, preconditions: ['no-uid-conflict'] })
      }
      this.writes += 1
      const stored = this.#store(href, this.#asStored(text))
      return { href, etag: this.#quirks.silentPut ? null : this.#etag(stored) }
    })
  }

  async update(ref: ResourceRef, text: string): Promise<ETag | null> {
    return this.#attempt(() => {
      this.#check(ref)
      this.writes += 1
      const stored = this.#store(ref.href, this.#asStored(text))
      return this.#quirks.silentPut ? null : this.#etag(stored)
    })
  }

  async remove(ref: ResourceRef): Promise<void> {
    return this.#attempt(() => {
      if (!this.#resources.has(ref.href)) return
      this.#check(ref)
      this.onRemove(this.#get(ref.href).text)
      this.writes += 1
      this.#remove(ref.href)
    })
  }

  #attempt<T>(act: () => T): T {
    if (this.#callsUntilInterference === 0) this.#interfere()
    this.#callsUntilInterference -= 1
    const faulty = this.#callsUntilFault === 0
    this.#callsUntilFault -= 1
    if (!faulty) return act()
    if (this.#fault !== 'refuse') act()
    if (this.#fault === 'crash') this.onCrash()
    throw new SyncError('unreachable', 'The connection was cut.')
  }

  #check(ref: ResourceRef): void {
    const stored = this.#resources.get(ref.href)
    if (!stored) throw precondition()
    if (!this.#quirks.noEtags && ref.etag !== this.#etag(stored)) throw precondition()
  }

  #etag(stored: Stored): ETag | null {
    return this.#quirks.noEtags ? null : (`"${stored.version}"` as ETag)
  }

  #asStored(text: string): string {
    // What it gave out itself comes back as it is: a fixpoint, as on every server but SOGo.
    if (!this.#quirks.rewrites || text.includes('X-SERVER-NOTE')) return text
    return text.replace('END:VEVENT', 'X-SERVER-NOTE:kept\r\nEND:VEVENT')
  }

  #store(href: Href, text: string): Stored {
    const stored = { text, version: this.#nextVersion() }
    this.#resources.set(href, stored)
    return stored
  }

  #get(href: Href): Stored {
    const stored = this.#resources.get(href)
    if (!stored) throw new Error(`No resource at ${href}`)
    return stored
  }

  #href(name: string): Href {
    return `${new URL(this.url).pathname}${name}` as Href
  }

  #nextVersion(): number {
    this.#versions += 1
    return this.#versions
  }
}

function precondition(): SyncError {
  return new SyncError('refused', 'The resource changed meanwhile.', { status: 412 })
}
