import { beginning } from './describe.ts'
import { createXmlReader, type XmlElement } from './xml.ts'
import { createXmlDecoder } from './xml-decode.ts'

const DAV = '{DAV:}'

export interface DavError {
  readonly preconditions: readonly string[]
  readonly href: string | null
  /** What the server says in words. */
  readonly text: string
}

export const NO_ERROR: DavError = { preconditions: [], href: null, text: '' }

/** Reads a DAV:error body (RFC 4918 section 16); anything else, broken or misspelt, gives what can be had of it. */
export function parseDavError(body: Uint8Array): DavError {
  if (!/^\s*<(?!!doctype|html)/i.test(beginning(body))) return NO_ERROR
  const children: XmlElement[] = []
  try {
    const decoder = createXmlDecoder(null)
    const reader = createXmlReader((child) => children.push(child))
    reader.write(decoder.decode(body) + decoder.end())
    const root = reader.end()
    return /\}error$/.test(root.name) ? toError({ ...root, children }) : NO_ERROR
  } catch {
    return NO_ERROR
  }
}

/** Reads a DAV:error element. */
export function toError(element: XmlElement): DavError {
  const preconditions: string[] = []
  const words = [element.text]
  let href: string | null = null
  for (const child of element.children) {
    const local = child.name.slice(child.name.indexOf('}') + 1)
    if (/^(message|responsedescription)$/.test(local)) words.push(child.text)
    else if (child.name.startsWith(DAV) || child.name.startsWith('{urn:ietf:params:xml:ns:caldav}'))
      preconditions.push(local)
    href ??= child.children.find((inner) => inner.name === `${DAV}href`)?.text.trim() ?? null
  }
  return { preconditions, href, text: oneLine(words.join(' ')) || preconditions.join(', ') }
}

/** At most 300 characters on one line. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}
