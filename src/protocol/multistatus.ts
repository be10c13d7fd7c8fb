import { SyncError } from '../core/errors.ts'
import { type DavError, NO_ERROR, oneLine, toError } from './dav-error.ts'
import { beginning, describeBody } from './describe.ts'
import type { HttpResponse } from './http.ts'
import { safeUrl } from './safe-url.ts'
import { createXmlReader, type XmlElement } from './xml.ts'
import { createXmlDecoder } from './xml-decode.ts'

/** One DAV:response (RFC 4918 section 14.24). */
export interface DavResponse {
  readonly href: string
  /** DAV:status of the response itself; null where only its propstats have one. */
  readonly status: number | null
  /** Properties whose own propstat has a 2xx status, by `{namespace}name`. */
  readonly props: ReadonlyMap<string, XmlElement>
  /** Names of the elements inside DAV:error. */
  readonly preconditions: readonly string[]
  readonly conflictHref: string | null
  readonly description: string
  /** Characters that XML forbids were taken out of it. */
  readonly mended: boolean
}

export interface Multistatus {
  /** DAV:sync-token (RFC 6578 section 6.2). */
  readonly syncToken: string | null
}

const DAV = '{DAV:}'

/**
 * Reads a 207 body while it arrives and calls `onResponse` for each DAV:response in it. Throws SyncError `protocol`
 * for anything else than a whole multistatus: an HTML page, XML of another kind, a document that is cut off.
 */
export async function readMultistatus(
  response: HttpResponse,
  onResponse: (response: DavResponse) => void,
): Promise<Multistatus> {
  const url = safeUrl(response.url)
  const type = response.header('content-type')
  const decoder = createXmlDecoder(type)
  let syncToken: string | null = null
  // Handed on outside of the parser: what goes wrong there is not for it to explain.
  let come: DavResponse[] = []
  const handOn = () => {
    const responses = come
    come = []
    for (const one of responses) onResponse(one)
  }
  const reader = createXmlReader((child, root) => {
    if (root !== `${DAV}multistatus`) return
    if (child.name === `${DAV}sync-token`) syncToken = child.text.trim() || null
    if (child.name === `${DAV}response`) come.push(...toResponses(child))
  })
  let begun = false
  try {
    for await (const chunk of response.body) {
      if (!begun && /^\s*[^<\s]|^\s*<(!doctype\s+html|html)/i.test(beginning(chunk))) {
        throw new SyncError(
          'protocol',
          `${url} answered with ${describeBody(chunk, type)} instead of XML. Check the URL.`,
        )
      }
      begun = true
      try {
        reader.write(decoder.decode(chunk))
      } finally {
        handOn()
      }
    }
    reader.write(decoder.end())
    const root = reader.end()
    handOn()
    if (root.name === `${DAV}multistatus`) return { syncToken }
    throw new SyncError(
      'protocol',
      `${url} answered with XML of another kind (${root.name.slice(0, 80)}). Check the URL.`,
    )
  } catch (thrown) {
    // What is no fault of the answer names no URL: a full disk, a run told to end.
    const isOurs = thrown instanceof SyncError && (thrown.kind === 'internal' || thrown.kind === 'aborted')
    if (!(thrown instanceof SyncError) || isOurs || thrown.details.url !== undefined) throw thrown
    const message = thrown.message.startsWith(url) ? thrown.message : `${url}: ${thrown.message}`
    throw new SyncError(thrown.kind, message, { url, status: response.status, cause: thrown })
  }
}

/** A response may name several hrefs that share one status (RFC 4918 section 14.24). */
function toResponses(element: XmlElement): DavResponse[] {
  const props = new Map<string, XmlElement>()
  const hrefs: string[] = []
  let status: number | null = null
  let error: DavError = NO_ERROR
  let description = ''
  for (const child of element.children) {
    if (child.name === `${DAV}href`) hrefs.push(child.text.trim())
    else if (child.name === `${DAV}status`) status = statusCode(child.text)
    else if (child.name === `${DAV}propstat`) takePropstat(child, props)
    else if (child.name === `${DAV}error`) error = toError(child)
    else if (child.name === `${DAV}responsedescription`) description = oneLine(child.text)
  }
  const { preconditions, href: conflictHref } = error
  const { mended } = element
  return hrefs.map((href) => ({ href, status, props, preconditions, conflictHref, description, mended }))
}

/** Properties count with the status of their own propstat, which may stand before or after them. */
function takePropstat(propstat: XmlElement, props: Map<string, XmlElement>): void {
  const status = statusCode(propstat.children.find((child) => child.name === `${DAV}status`)?.text ?? 'HTTP/1.1 200')
  if (status === null || status < 200 || status >= 300) return
  for (const child of propstat.children) {
    if (child.name !== `${DAV}prop`) continue
    for (const prop of child.children) props.set(prop.name, prop)
  }
}

/** `HTTP/1.1 200 OK`, also `HTTP/2 200` and a bare `200`. */
function statusCode(line: string): number | null {
  const digits = /(?:^\s*|\s)([1-5]\d\d)(?:\s|$)/.exec(line)?.[1]
  return digits === undefined ? null : Number(digits)
}
