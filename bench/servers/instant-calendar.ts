/** A calendar of the instant server: every answer lies ready as bytes before it is asked for, or is made once. */

interface Entry {
  readonly etag: string
  readonly text: string
  /** Its `response` elements, with and without the text. */
  readonly whole: Buffer
  readonly brief: Buffer
}

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?>\n<d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">'
const END = '</d:multistatus>'
const TOKEN = 'http://instant.example/sync/'

/** As sabre/dav writes it: with `&#13;` at each line end. */
function escapeXml(text: string): string {
  return text.replace(/[&<>\r]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[one] ?? '&#13;')
}

export const multistatus = (responses: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat([HEAD, ...responses, END].map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))

export class InstantCalendar {
  readonly #path: string
  readonly #entries = new Map<string, Entry>()
  /** The names in the order of their last change, the first one as version 1. */
  readonly #changes: string[] = []
  readonly #made = new Map<string, Buffer>()

  constructor(path: string) {
    this.#path = path
  }

  get token(): string {
    return TOKEN + this.#changes.length
  }

  get(name: string): Entry | undefined {
    return this.#entries.get(name)
  }

  put(name: string, text: string): Entry {
    this.#moved(name)
    const etag = `"${this.#changes.length.toString(16).padStart(32, '0')}"`
    const data = `<cal:calendar-data>${escapeXml(text)}</cal:calendar-data>`
    const [brief, whole] = ['', data].map((more) =>
      Buffer.from(
        `<d:response><d:href>${this.#path}${name}</d:href><d:propstat><d:prop><d:getetag>${escapeXml(etag)}</d:getetag>${more}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
      ),
    )
    const entry = { etag, text, brief: brief ?? Buffer.of(), whole: whole ?? Buffer.of() }
    this.#entries.set(name, entry)
    return entry
  }

  delete(name: string): boolean {
    if (!this.#entries.delete(name)) return false
    this.#moved(name)
    return true
  }

  #moved(name: string): void {
    this.#changes.push(name)
    this.#made.clear()
  }

  /** All members, as PROPFIND and calendar-query want them. */
  all(withData: boolean, before = ''): Buffer {
    return this.#once(`${withData} ${before}`, () => multistatus([before, ...this.#responses(withData)]))
  }

  some(hrefs: readonly string[], withData: boolean): Buffer {
    return multistatus(hrefs.map((href) => this.#response(href.slice(this.#path.length), withData)))
  }

  /** The answer to a sync-collection; null where the token is none of ours. */
  since(token: string, withData: boolean): Buffer | null {
    const now = `<d:sync-token>${this.token}</d:sync-token>`
    if (token === '') return this.#once(`sync ${withData}`, () => multistatus([...this.#responses(withData), now]))
    const version = token.startsWith(TOKEN) ? Number(token.slice(TOKEN.length)) : Number.NaN
    if (!(version <= this.#changes.length)) return null
    const names = new Set(this.#changes.slice(version))
    return multistatus([...[...names].map((name) => this.#response(name, withData)), now])
  }

  #responses(withData: boolean): Buffer[] {
    return [...this.#entries.values()].map((entry) => (withData ? entry.whole : entry.brief))
  }

  #response(name: string, withData: boolean): Buffer {
    const entry = this.#entries.get(name)
    if (entry) return withData ? entry.whole : entry.brief
    return Buffer.from(
      `<d:response><d:href>${this.#path}${name}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>`,
    )
  }

  #once(what: string, make: () => Buffer): Buffer {
    const made = this.#made.get(what) ?? make()
    this.#made.set(what, made)
    return made
  }
}
