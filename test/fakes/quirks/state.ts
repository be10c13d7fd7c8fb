import { createHash } from 'node:crypto'
import type { ServerKind } from './kind.ts'

interface Stored {
  readonly text: string
  readonly etag: string
  /** Of this name since it was last made. */
  readonly version: number
  /** The number of the change that made it so. */
  readonly change: number
}

interface Change {
  readonly number: number
  readonly name: string
  readonly second: number
  /** The name was not there before this change. */
  readonly isNew: boolean
}

/** What changed since a token: names that are there, names that are gone; null: the token says nothing here. */
export interface Delta {
  readonly there: readonly string[]
  readonly gone: readonly string[]
}

let calendarsMade = 0

/** One calendar of a fake server with its history. */
export class CalendarState {
  readonly id: number
  readonly displayName: string
  readonly #kind: ServerKind
  readonly #now: () => number
  readonly #resources = new Map<string, Stored>()
  readonly #log: Change[] = []
  readonly #bin = new Set<string>()
  readonly #tokens = new Map<string, number>()
  #changes = 0

  constructor(kind: ServerKind, displayName: string, now: () => number) {
    calendarsMade += 1
    this.id = calendarsMade
    this.displayName = displayName
    this.#kind = kind
    this.#now = now
  }

  names(): string[] {
    return [...this.#resources.keys()]
  }

  get(name: string): { readonly text: string; readonly etag: string } | undefined {
    return this.#resources.get(name)
  }

  /** The name of the resource that has this UID. */
  holderOf(uid: string): string | undefined {
    for (const [name, { text }] of this.#resources) if (uidOf(text) === uid) return name
    return undefined
  }

  wasDeleted(uid: string): boolean {
    return this.#bin.has(uid)
  }

  put(name: string, sent: string): { readonly text: string; readonly etag: string } {
    const before = this.#resources.get(name)
    const text = this.#kind.store(sent, this.#changes)
    if (before && before.text === text && this.#kind.etag === 'content') return before
    const version = before ? before.version + 1 : 0
    this.#note(name, before === undefined)
    const stored = { text, version, change: this.#changes, etag: this.#etag(text, version) }
    this.#resources.set(name, stored)
    return stored
  }

  remove(name: string): void {
    const before = this.#resources.get(name)
    if (!before) return
    this.#resources.delete(name)
    this.#bin.add(uidOf(before.text))
    this.#note(name, false)
  }

  ctag(): string | null {
    switch (this.#kind.ctag) {
      case null:
        return null
      case 'seconds':
        return this.#log.length === 0 ? '-1' : String(this.#log.at(-1)?.second)
      case 'counter':
        return `"${this.id}-${this.#changes}"`
      case 'content':
        return `"${hash([...this.#resources].map(([name, { etag }]) => name + etag).join('\n'))}"`
    }
  }

  token(): string {
    const { sync } = this.#kind
    if (!sync) throw new Error('This server has no sync-collection.')
    const token = sync.token(this.id, this.#changes, this.#now())
    // Where two states share a token (seconds), the older one counts: what was changed since is told again.
    if (!this.#tokens.has(token)) this.#tokens.set(token, this.#changes)
    return token
  }

  /** What changed since this token was given out; null where it never was. */
  since(token: string): Delta | null {
    const { sync } = this.#kind
    const from = this.#tokens.get(token)
    if (!sync || from === undefined) return null
    const second = Math.floor(this.#now() / 1000) - 1
    const fresh = this.#log.filter(
      (change) => change.number > from || (sync.repeats === 'same-second' && change.second >= second),
    )
    const names = new Set(fresh.map((change) => change.name))
    const gone = [...names].filter((name) => !this.#resources.has(name))
    const there = [...names].filter((name) => this.#resources.has(name))
    const unseen = new Set(fresh.filter((change) => change.isNew).map((change) => change.name))
    const again = sync.repeats === 'last' && fresh.length > 0 ? this.names().slice(0, 1) : []
    return {
      there: [...new Set([...there, ...again])],
      gone: sync.namesUnseen ? gone : gone.filter((name) => !unseen.has(name)),
    }
  }

  /** Everything that was ever deleted and is not there. */
  oldDeletions(): string[] {
    return [...new Set(this.#log.map((change) => change.name))].filter((name) => !this.#resources.has(name))
  }

  #note(name: string, isNew: boolean): void {
    this.#changes += 1
    this.#log.push({ number: this.#changes, name, second: Math.floor(this.#now() / 1000), isNew })
  }

  #etag(text: string, version: number): string {
    switch (this.#kind.etag) {
      case 'content':
        return `"${hash(text)}"`
      case 'version':
        return `"gcs${String(version).padStart(8, '0')}"`
      case 'url':
        return `http://www.open-xchange.com/etags/${this.id}-${this.#changes}`
      case 'timestamp':
        return `2026-03-01T12:00:00.${String(this.#changes).padStart(6, '0')}Z`
    }
  }
}

/** As a server reads it: the first UID of an event, escapes as they stand. */
export function uidOf(text: string): string {
  return (
    /^UID[^:\r\n]*:(.*(?:\r?\n[ \t].*)*)/m
      .exec(text)?.[1]
      ?.replace(/\r?\n[ \t]/g, '')
      .trim() ?? ''
  )
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
