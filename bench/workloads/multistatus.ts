/** W10: a multistatus with all objects of a calendar, read while it arrives: speed, and memory that does not grow. */
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchObject } from '../lib/calendars.ts'
import { hasPeer } from '../lib/peers.ts'
import { measureRepeated } from '../lib/repeat.ts'
import type { Contender, Opened, Workload } from '../lib/workload.ts'

const SMALL = 10_000
const LARGE = 100_000

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#13;' }
const escaped = (text: string) => text.replace(/[<>&\r]/g, (character) => ESCAPES[character] ?? character)

interface Written {
  readonly megabytes: number
  readonly digest: string
}

/** As sabre/dav writes it, with each CR as a reference; in pieces, for it may be larger than what one wants to hold. */
function writeMultistatus(file: string, objects: number): Written {
  const all = createHash('sha256')
  const descriptor = openSync(file, 'w')
  let bytes = 0
  const write = (text: string) => {
    bytes += writeSync(descriptor, text)
  }
  write(
    '<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">',
  )
  for (let index = 0; index < objects; index += 1) {
    const { text } = benchObject(index)
    const href = `/calendars/anna/work/event-${index}.ics`
    const etag = `"${createHash('md5').update(text).digest('hex')}"`
    all.update(`${href}\n${etag}\n${text}\n`)
    write(
      `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:getetag>${etag}</D:getetag><C:calendar-data>${escaped(text)}</C:calendar-data></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>\n`,
    )
  }
  write('</D:multistatus>\n')
  closeSync(descriptor)
  return { megabytes: bytes / 1e6, digest: all.digest('hex') }
}

function open(size: number): Opened {
  const folder = mkdtempSync(join(tmpdir(), 'bench-multistatus-'))
  const file = join(folder, 'multistatus.xml')
  const { megabytes, digest } = writeMultistatus(file, size)
  const check = (result: unknown) => {
    const found = result as { objects: number; digest: string }
    if (found.objects !== size || found.digest !== digest)
      throw new Error(`${found.objects} objects of ${size}, or not with the text that was sent`)
  }
  const run = (contender: string) => () => measureRepeated('multistatus.ts', contender, file, megabytes, check)
  // The large one is for the memory, which is the same each time.
  const rounds = size > SMALL ? { rounds: 1 } : {}
  const contenders: Contender[] = [
    { name: 'scanner by hand', role: 'floor', run: run('byHand'), ...rounds },
    { name: 'ours', role: 'ours', run: run('ours'), ...rounds },
    { name: 'saxes alone', role: 'peer', run: run('saxes'), ...rounds },
  ]
  if (size > SMALL) console.log('Left out at this size: xml-js, which holds the whole document')
  else if (hasPeer('xml-js')) contenders.push({ name: 'xml-js (tsdav)', role: 'peer', run: run('xmlJs'), rounds: 1 })
  else console.log('Left out: xml-js, which is not installed')
  return { contenders, close: async () => rmSync(folder, { recursive: true, force: true }) }
}

export const multistatusWorkload: Workload = {
  id: 'W10',
  title: 'a multistatus read as it arrives',
  sizes: [SMALL, LARGE],
  compare: 'cpu',
  unit: 'MB per CPU second',
  targets: [
    {
      text: 'at least 90 MB per CPU second',
      size: SMALL,
      value: (rows) => rows.of('ours', 'rate'),
      atLeast: 90,
      why: 'saxes alone takes more than half of it; ours looks for characters that XML forbids, follows namespaces and statuses, and makes strings that do not hold on to the answer.',
    },
    {
      text: 'memory does not grow with the document: peak at ten times the size at most 200 MB',
      size: LARGE,
      value: (rows) => (rows.of('ours', 'peak') ?? Number.NaN) / 1e6,
      atMost: 200,
    },
  ],
  open: async (size) => open(size),
}
