import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { parseDavError } from './dav-error.ts'
import { NAMES } from './dav-names.ts'
import type { HttpResponse } from './http.ts'
import { type DavResponse, readMultistatus } from './multistatus.ts'

/** Reads a body that arrives in pieces of this many bytes. */
async function read(body: string | Buffer, contentType = 'application/xml', piece = 65_536) {
  const bytes = Buffer.from(body as string)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const response: HttpResponse = {
    status: 207,
    url: 'https://user.example/cal/',
    credentialsWithheld: false,
    header: (name) => (name === 'content-type' ? contentType : null),
    body: pieces(),
    bytes: () => Promise.resolve(bytes),
    discard: () => Promise.resolve(),
  }
  const responses: DavResponse[] = []
  const { syncToken } = await readMultistatus(response, (one) => responses.push(one))
  return { syncToken, responses }
}

const etagOf = (response: DavResponse | undefined) => response?.props.get(NAMES.getetag)?.text
const dataOf = (response: DavResponse | undefined) => response?.props.get(NAMES.calendarData)?.text
const wrap = (inner: string) =>
  `<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${inner}</d:multistatus>`
const withData = (data: string) =>
  wrap(
    `<d:response><d:href>/a.ics</d:href><d:propstat><d:prop><c:calendar-data>${data}</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
  )

test('C3: any prefix, default namespaces, status before or after, HTTP/2, two propstats', async () => {
  const answers = [
    '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/a</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>',
    '<multistatus xmlns="DAV:"><response><href> /a\n</href><propstat><status>HTTP/2 200</status><prop><getetag>&quot;1&#34;</getetag></prop></propstat></response></multistatus>',
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- x --><ns0:multistatus xmlns:ns0="DAV:"><ns0:response><ns0:href>/a</ns0:href><ns0:propstat><ns0:prop><e xmlns="urn:x"/></ns0:prop><ns0:status>HTTP/1.1 404 Not Found</ns0:status></ns0:propstat><ns0:propstat><ns0:prop><x:getetag xmlns:x="DAV:"><![CDATA["1"]]></x:getetag></ns0:prop><ns0:status>200</ns0:status></ns0:propstat></ns0:response></ns0:multistatus>',
  ]
  for (const answer of answers) {
    for (const piece of [1, 7, 65_536]) {
      const { responses } = await read(answer, 'text/xml', piece)
      assert.deepEqual(
        [responses.length, responses[0]?.href, responses[0]?.status, etagOf(responses[0])],
        [1, '/a', null, '"1"'],
      )
    }
  }
})

test('C3: UTF-16, Latin-1 and a byte order mark', async () => {
  const text = withData('Büro 🎉')
  const latin = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${withData('Büro')}`, 'latin1')
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  assert.equal(dataOf((await read(utf16)).responses[0]), 'Büro 🎉')
  assert.equal(dataOf((await read(Buffer.from(utf16).swap16())).responses[0]), 'Büro 🎉')
  assert.equal(dataOf((await read(`\ufeff${text}`)).responses[0]), 'Büro 🎉')
  assert.equal(dataOf((await read(latin)).responses[0]), 'Büro')
  assert.equal(dataOf((await read(text, 'text/xml; charset=utf-8', 1)).responses[0]), 'Büro 🎉')
})

test('R2: a property counts with the status of its own propstat', async () => {
  const { responses } = await read(
    wrap(
      '<d:response><d:href>/a</d:href><d:propstat><d:prop><d:getetag>"no"</d:getetag></d:prop><d:status>HTTP/1.1 403 Forbidden</d:status></d:propstat></d:response>' +
        '<d:response><d:href>/b</d:href><d:href>/c</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response><d:sync-token> t </d:sync-token>',
    ),
  )
  assert.deepEqual(
    responses.map((one) => [one.href, one.status, etagOf(one)]),
    [
      ['/a', null, undefined],
      ['/b', 404, undefined],
      ['/c', 404, undefined],
    ],
  )
})

test('the sync token and the errors inside a response are read', async () => {
  const { responses, syncToken } = await read(
    wrap(
      '<d:response><d:href>/a</d:href><d:status>HTTP/1.1 412 No</d:status><d:error><c:no-uid-conflict><d:href>/b.ics</d:href></c:no-uid-conflict></d:error><d:responsedescription>UID already\n in use.</d:responsedescription></d:response><d:sync-token>data:,7</d:sync-token>',
    ),
  )
  const [one] = responses
  assert.deepEqual(
    [one?.status, one?.preconditions, one?.conflictHref, one?.description],
    [412, ['no-uid-conflict'], '/b.ics', 'UID already in use.'],
  )
  assert.equal(syncToken, 'data:,7')
})

test('text is exact: references, CDATA with its end inside, blanks and line ends', async () => {
  const text = 'SUMMARY:a & <b> ]]> "c"\n DESCRIPTION:  x  \r\n'
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;')
  const cdata = `<![CDATA[${text.replace(']]>', ']]]]><![CDATA[>').replace('\r', '')}]]>&#xD;`
  for (const piece of [1, 3, 65_536]) {
    assert.equal(dataOf((await read(withData(escaped), 'text/xml', piece)).responses[0]), text)
    assert.equal(dataOf((await read(withData(cdata), 'text/xml', piece)).responses[0]), text.replace('\r\n', '\n\r'))
  }
})

test('R5: characters and references that XML forbids are taken out, and the response says so', async () => {
  const poison = [
    '\u0008',
    '\u0000',
    '\u001f',
    '\uffff',
    '\ufffe',
    '&#8;',
    '&#0;',
    '&#x1F;',
    '&#65535;',
    '&#xFFFE;',
    '&#xd800;',
    '&#55357;',
  ]
  for (const one of poison) {
    for (const piece of [1, 5, 65_536]) {
      const { responses } = await read(withData(`SUM${one}MARY &amp; &#13;`), 'text/xml', piece)
      assert.deepEqual([dataOf(responses[0]), responses[0]?.mended], ['SUMMARY & \r', true], JSON.stringify(one))
    }
  }
  const kept = ['&#9;', '&#10;', '&#xD;', '\u007f', '\u0085', '&#128512;', '&#xFFFD;', '&#233;']
  for (const one of kept) assert.equal((await read(withData(one))).responses[0]?.mended, false, one)
})

test('R5: an emoji written as two surrogate references is read as what it is', async () => {
  const { responses } = await read(withData('x&#55357;&#56832;y'))
  assert.equal(dataOf(responses[0]), 'x😀y')
})

test('R5: only the poisoned response is marked', async () => {
  const one = (href: string, etag: string) =>
    `<d:response><d:href>${href}</d:href><d:propstat><d:prop><d:getetag>${etag}</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
  const { responses } = await read(wrap(one('/a', '1') + one('/b', '\u00012') + one('/c', '3')))
  assert.deepEqual(
    responses.map(({ mended }) => mended),
    [false, true, false],
  )
})

test('C1: a DOCTYPE is refused, with or without entities', async () => {
  const types = [
    '<!DOCTYPE d:multistatus>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
  ]
  for (const type of types) {
    const error = await failureOf(read(`<?xml version="1.0"?>${type}${withData('&b;')}`))
    assert.match(error.message, /DOCTYPE/)
  }
})

test('C2: deep nesting and a flood of attributes are refused', async () => {
  const deep = '<d:x xmlns:d="DAV:">'.repeat(100_000)
  assert.match((await failureOf(read(deep))).message, /nested more than/)
  const attributes = Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ')
  assert.match((await failureOf(read(wrap(`<d:response ${attributes}/>`)))).message, /attributes/)
})

test('C4: a document cut at any byte is an error', async () => {
  const whole = wrap('<d:response><d:href>/a</d:href><d:status>HTTP/1.1 200 OK</d:status></d:response>')
  assert.equal((await read(whole)).responses.length, 1)
  for (let end = 0; end < whole.length; end += 1) {
    assert.equal((await failureOf(read(whole.slice(0, end)))).kind, 'protocol', String(end))
  }
})

test('R2: HTML, text, JSON and XML of another kind are named', async () => {
  const answers: [string, RegExp][] = [
    ['<!DOCTYPE html><title>Sign in</title>', /an HTML page titled 'Sign in' instead of XML/],
    ['<html><body>hello</body></html>', /an HTML page/],
    ['Not found', /text that begins 'Not found'/],
    ['{}', /JSON/],
    ['<rss version="2.0"><channel/></rss>', /XML of another kind/],
  ]
  for (const [body, message] of answers) {
    const error = await failureOf(read(body))
    assert.equal(error.kind, 'protocol')
    assert.match(error.message, message)
    assert.match(error.message, /https:\/\/user\.example\/cal\//)
  }
})

test('DAV:error bodies of real servers give preconditions, the holder of a UID, and the reason', () => {
  const parse = (body: string) => parseDavError(Buffer.from(body))
  const radicale = parse(
    '<?xml version="1.0"?><error xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:no-uid-conflict /></error>',
  )
  assert.deepEqual(radicale.preconditions, ['no-uid-conflict'])
  const cyrus = parse(
    '<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:unique-scheduling-object-resource><D:href>/dav/cal/dup1.ics</D:href></C:unique-scheduling-object-resource></D:error>',
  )
  assert.deepEqual([cyrus.preconditions, cyrus.href], [['unique-scheduling-object-resource'], '/dav/cal/dup1.ics'])
  const invalid = parse(
    '<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:valid-calendar-data/><D:responsedescription>DTEND must occur after DTSTART</D:responsedescription></D:error>',
  )
  assert.deepEqual([invalid.preconditions, invalid.text], [['valid-calendar-data'], 'DTEND must occur after DTSTART'])
  assert.equal(
    parse('<D:error xmlns:D="DAV">Event UID already in use. (x)</D:error>').text,
    'Event UID already in use. (x)',
  )
  const sabre = parse(
    '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:exception>Sabre\\X</s:exception><s:message>Validation error</s:message></d:error>',
  )
  assert.deepEqual([sabre.preconditions, sabre.text], [[], 'Validation error'])
  for (const body of ['', 'Bad Request', '<html>', '<d:error', '<!DOCTYPE x><error/>']) {
    assert.deepEqual(parse(body).preconditions, [])
  }
})
