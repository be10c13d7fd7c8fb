import { SaxesParser } from 'saxes'
import { SyncError } from '../core/errors.ts'
import { ownString } from '../core/own-string.ts'
import { createXmlCleaner } from './xml-cleaner.ts'

export interface XmlElement {
  /** `{namespace}local-name`, whatever the prefix was. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Character data directly inside, CDATA and references resolved. */
  readonly text: string
  /** Characters that XML 1.0 forbids were taken out somewhere inside (pitfall R5). */
  readonly mended: boolean
}

interface OpenElement {
  name: string
  attributes: Map<string, string>
  children: XmlElement[]
  text: string
  mended: boolean
}

/** A multistatus is at most eight deep and has no element with more than a handful of attributes. */
const MAX_DEPTH = 64
const MAX_ATTRIBUTES = 64

const NO_ATTRIBUTES = new Map<string, string>()

export interface XmlReader {
  write(text: string): void
  /** Gives back the root (its children went to `onChild`). Throws where the document is not complete. */
  end(): XmlElement
}

/**
 * A reader that hands on each child of the root as soon as it is closed, so that memory does not grow with the
 * document. Entities cannot expand: any DOCTYPE is refused (threats C1, C2). Throws SyncError `protocol`.
 */
export function createXmlReader(onChild: (child: XmlElement, root: string) => void): XmlReader {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const stack: OpenElement[] = []
  let root: XmlElement | null = null
  let attributes = 0
  const current = () => stack.at(-1)
  const append = (text: string) => {
    const element = current()
    if (element) element.text += ownString(text)
  }

  // No more handlers than these: with a seventh, V8 keeps the parser's fields in a dictionary, eight times slower.
  parser.on('doctype', () => {
    throw broken('it has a DOCTYPE, which is never read')
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MAX_ATTRIBUTES) throw broken(`an element has more than ${MAX_ATTRIBUTES} attributes`)
  })
  parser.on('opentag', (tag) => {
    if (stack.length >= MAX_DEPTH) throw broken(`elements are nested more than ${MAX_DEPTH} deep`)
    const named = attributes > 0 ? new Map<string, string>() : NO_ATTRIBUTES
    attributes = 0
    for (const attribute of Object.values(tag.attributes)) named.set(attribute.local, attribute.value)
    stack.push({ name: `{${tag.uri}}${tag.local}`, attributes: named, children: [], text: '', mended: false })
  })
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const element = stack.pop()
    const parent = current()
    if (!element) return
    if (!parent) root = element
    else {
      if (element.mended) parent.mended = true
      if (stack.length === 1) onChild(element, parent.name)
      else parent.children.push(element)
    }
  })

  const feed = (text: string) => guard(() => parser.write(text))
  const cleaner = createXmlCleaner(feed, () => {
    const element = current()
    if (element) element.mended = true
  })
  return {
    write: (text) => cleaner.write(text),
    end() {
      cleaner.end()
      guard(() => parser.close())
      if (!root) throw broken('it ends too early')
      return root
    },
  }
}

function guard(act: () => void): void {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof SyncError) throw thrown
    throw broken(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function broken(why: string): SyncError {
  return new SyncError(
    'protocol',
    `The answer is not readable XML: ${why.slice(0, 120)}. Check that the URL is the CalDAV address.`,
  )
}
