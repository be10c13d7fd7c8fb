/** W10: reading a multistatus while it arrives; the argument is its file, read in the pieces a socket gives. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import type { HttpResponse } from '../../src/protocol/http.ts'
import { readMultistatus } from '../../src/protocol/multistatus.ts'
import { loadPeer } from '../lib/peers.ts'
import { type Prepare, runRepeated } from '../lib/repeat.ts'

const PIECE = 64 * 1024
const DATA = '{urn:ietf:params:xml:ns:caldav}calendar-data'

type OnObject = (href: string, etag: string, text: string) => void
type Read = (file: string, onObject: OnObject) => void | Promise<void>

function* piecesOf(file: string): Generator<Buffer> {
  const descriptor = openSync(file, 'r')
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE)
      const length = readSync(descriptor, piece)
      if (length === 0) return
      yield piece.subarray(0, length)
    }
  } finally {
    closeSync(descriptor)
  }
}

async function ours(file: string, onObject: OnObject): Promise<void> {
  const response: HttpResponse = {
    status: 207,
    url: 'http://bench.example/calendar/',
    credentialsWithheld: false,
    header: (name) => (name === 'content-type' ? 'application/xml; charset=utf-8' : null),
    body: (async function* () {
      yield* piecesOf(file)
    })(),
    bytes: () => Promise.reject(new Error('A multistatus is read as it arrives')),
    discard: () => Promise.resolve(),
  }
  await readMultistatus(response, ({ href, props }) =>
    onObject(href, props.get('{DAV:}getetag')?.text ?? '', props.get(DATA)?.text ?? ''),
  )
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#13': '\r' }
const unescaped = (text: string) =>
  text.includes('&') ? text.replace(/&(lt|gt|amp|quot|#13);/g, (_, name: string) => ENTITIES[name] ?? '') : text

/** The least: three places per response found in bytes. It knows how this very file is written. */
function byHand(file: string, onObject: OnObject): void {
  let held: Buffer = Buffer.alloc(0)
  for (const piece of piecesOf(file)) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece])
    let from = 0
    for (let end = held.indexOf('</D:response>'); end >= 0; end = held.indexOf('</D:response>', from)) {
      const between = (open: string, close: string) => {
        const at = held.indexOf(open, from) + open.length
        return unescaped(held.toString('utf8', at, held.indexOf(close, at)))
      }
      onObject(
        between('<D:href>', '<'),
        between('<D:getetag>', '<'),
        between('<C:calendar-data>', '</C:calendar-data>'),
      )
      from = end + 1
    }
    held = held.subarray(from)
  }
}

/** The XML parser that ours stands on, with as little around it as can be. */
function saxesAlone(file: string, onObject: OnObject): void {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const decoder = new TextDecoder()
  let texts = new Map<string, string>()
  let text = ''
  parser.on('opentag', () => {
    text = ''
  })
  parser.on('text', (piece) => {
    text += piece
  })
  parser.on('closetag', ({ local }) => {
    if (local === 'response') {
      onObject(texts.get('href') ?? '', texts.get('getetag') ?? '', texts.get('calendar-data') ?? '')
      texts = new Map()
    } else texts.set(local, text)
    text = ''
  })
  for (const piece of piecesOf(file)) parser.write(decoder.decode(piece, { stream: true }))
  parser.close()
}

interface Written {
  readonly _text: string
}
interface XmlJs {
  xml2js(
    text: string,
    options: object,
  ): {
    'D:multistatus': {
      'D:response': {
        'D:href': Written
        'D:propstat': { 'D:prop': { 'D:getetag': Written; 'C:calendar-data': Written } }
      }[]
    }
  }
}

/** How tsdav reads: the whole document into one object. */
function xmlJs(file: string, onObject: OnObject): void {
  const { xml2js } = loadPeer<XmlJs>('xml-js')
  const document = xml2js(readFileSync(file, 'utf8'), { compact: true, trim: false })
  for (const response of document['D:multistatus']['D:response']) {
    const { 'D:getetag': etag, 'C:calendar-data': data } = response['D:propstat']['D:prop']
    onObject(response['D:href']._text, etag._text, data._text)
  }
}

const reading =
  (read: Read): Prepare =>
  (file) => ({
    async work() {
      let characters = 0
      await read(file, (href, etag, text) => {
        characters += href.length + etag.length + text.length
      })
      if (characters === 0) throw new Error('Nothing was read')
    },
    async describe() {
      const all = createHash('sha256')
      let objects = 0
      await read(file, (href, etag, text) => {
        objects += 1
        all.update(`${href}\n${etag}\n${text}\n`)
      })
      return { objects, digest: all.digest('hex') }
    },
  })

await runRepeated({
  ours: reading(ours),
  byHand: reading(byHand),
  saxes: reading(saxesAlone),
  xmlJs: reading(xmlJs),
})
