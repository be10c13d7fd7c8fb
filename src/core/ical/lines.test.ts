import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertStrictText, contentLines } from '../../../test/ical-checks.ts'
import { SyncError } from '../errors.ts'
import { foldLine } from './fold.ts'
import { parseComponents, writeComponents } from './lines.ts'
import { mergeFeed } from './merge.ts'
import type { Component } from './model.ts'
import { readCalendar } from './objects.ts'
import { toUpload } from './upload.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`lines.test.ts: fast-check seed ${seed}`)

const lines = ['BEGIN:VCALENDAR', 'X-A:one', 'BEGIN:VEVENT', 'SUMMARY:long text', 'END:VEVENT', 'END:VCALENDAR']
const plain = parseComponents(`${lines.join('\r\n')}\r\n`).components

for (const [name, end] of [
  ['CRLF', '\r\n'],
  ['LF', '\n'],
  ['bare CR', '\r'],
  ['CR CR LF', '\r\r\n'],
  ['blank lines between', '\n\n'],
] as const) {
  test(`I11: line ends: ${name}`, () => {
    assert.deepEqual(parseComponents(lines.join(end)).components, plain)
    const folded = lines.join(end).replace('long text', `long${end}  text`)
    assert.deepEqual(parseComponents(folded).components, plain)
  })
}

test('I11: mixed line ends, tab folds, lower case, byte order marks and junk around the calendar', () => {
  const text =
    '\uFEFFFrom: a@b\n\nbegin:vcalendar\r\nX-A:o\n\tne\rBEGIN:vevent\r\r\nSUMMARY:long\r\n  text\nend:VEVENT \r\nEND:VCALENDAR\n<!-- 0.02 s -->'
  const parsed = parseComponents(text)
  assert.deepEqual(parsed.components, plain)
  assert.deepEqual(parsed.outside, ['From: a@b', '<!-- 0.02 s -->'])
})

test('U+2028, U+0085, vertical tab and form feed do not end a line', () => {
  const [calendar] = parseComponents('BEGIN:VCALENDAR\nX-A:a\u2028b\u0085c\vd\fe\nEND:VCALENDAR').components
  assert.deepEqual(calendar?.properties, [{ name: 'X-A', line: 'X-A:a\u2028b\u0085c\vd\fe' }])
})

test('names are upper case without group prefix, and empty for lines that are no content lines', () => {
  const [calendar] = parseComponents(
    'BEGIN:A\nitem1.x-foo;p=1:v\nno colon\nwith blank:v\n;x:y\n:z\nA;B\nEND:A',
  ).components
  assert.deepEqual(
    calendar?.properties.map((property) => property.name),
    ['X-FOO', '', '', '', '', ''],
  )
})

test('E5: prototype names are names like any other', () => {
  const text = 'BEGIN:__PROTO__\r\n__PROTO__;CONSTRUCTOR=x:1\r\nCONSTRUCTOR:2\r\nEND:__PROTO__\r\n'
  assert.equal(writeComponents(parseComponents(text).components), text)
  assert.deepEqual(Object.keys(Object.getPrototypeOf({})), [])
})

for (const [name, text, reason] of [
  ['no END at all', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n', /ends inside the VEVENT that begins on line 2/],
  ['an END cut in the middle', 'BEGIN:VCALENDAR\nEND:VCALEN', /line 2 ends VCALEN while VCALENDAR is open/],
  [
    'an END of another component',
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VTODO\nEND:VCALENDAR',
    /line 3 ends VTODO while VEVENT/,
  ],
  ['an END that was never begun', 'END:VEVENT', /never begun/],
  ['a nameless BEGIN', 'BEGIN:VCALENDAR\nBEGIN:\nEND:VCALENDAR', /line 2 begins a component without a name/],
] as const) {
  test(`I2: refuses ${name}`, () => {
    assert.throws(
      () => parseComponents(text),
      (error) => error instanceof SyncError && error.kind === 'protocol' && reason.test(error.message),
    )
  })
}

test('E4: deep nesting is refused without a stack overflow', () => {
  for (const depth of [17, 2000, 200_000]) {
    assert.throws(() => parseComponents('BEGIN:A\n'.repeat(depth) + 'END:A\n'.repeat(depth)), /deeper than 16/)
  }
  assert.equal(parseComponents('BEGIN:A\n'.repeat(16) + 'END:A\n'.repeat(16)).components.length, 1)
})

/** Characters looked at through indexOf and charCodeAt while `work` runs: steps that no machine's speed changes. */
function stepsOf(work: () => void): number {
  const { indexOf, charCodeAt } = String.prototype
  let steps = 0
  String.prototype.indexOf = function (this: string, search: string, from = 0): number {
    const found = indexOf.call(this, search, from)
    steps += Math.max(0, (found === -1 ? this.length : found) - from) + 1
    return found
  }
  String.prototype.charCodeAt = function (this: string, at: number): number {
    steps++
    return charCodeAt.call(this, at)
  }
  try {
    work()
  } finally {
    Object.assign(String.prototype, { indexOf, charCodeAt })
  }
  return steps
}

const calendarOf = (lines: string) =>
  `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260301T100000Z\n${lines}\nEND:VEVENT\nEND:VCALENDAR`

for (const [name, lines] of [
  ['one long line', (size: number) => `SUMMARY:${'a'.repeat(size)}`],
  ['one line folded at every character', (size: number) => `SUMMARY:${'\n a'.repeat(size)}`],
  ['blanks', (size: number) => `SUMMARY:${' '.repeat(size)}x`],
  ['blank lines', (size: number) => '\r\n'.repeat(size)],
  ['bare CRs', (size: number) => 'X-A:b\r\r'.repeat(size)],
  ['many properties', (size: number) => 'X-A:b\n'.repeat(size)],
  ['many parameters', (size: number) => `ATTENDEE${';A=b'.repeat(size)}:c`],
  ['many quoted parameters', (size: number) => `ATTENDEE${';A="b;:"'.repeat(size)}:c`],
  ['many parameters before a quote', (size: number) => `ATTENDEE${';A=b'.repeat(size)};B="c":d`],
  ['one parameter with many values', (size: number) => `ATTENDEE;A=${'"b",'.repeat(size)}c:d`],
  ['a quote that is never closed', (size: number) => `ATTENDEE;A="${';B=c'.repeat(size)}:d`],
  ['a broken description', (size: number) => `DESCRIPTION:a\n${'no property\n'.repeat(size)}`],
  ['zone names without quotes', (size: number) => `DTEND${';TZID=a:b'.repeat(size)}:20260301T110000`],
  ['escapes', (size: number) => `SUMMARY:${'\\\\\\,'.repeat(size)}`],
] as const) {
  test(`E3: twice the input is at most a little more than twice the work: ${name}`, () => {
    const work = (size: number) => () => {
      const { objects } = readCalendar(calendarOf(lines(size)))
      for (const object of objects) toUpload(object)
      mergeFeed([objects])
    }
    const once = stepsOf(work(1000))
    const twice = stepsOf(work(2000))
    assert.ok(once > 1000, `${once} steps`)
    assert.ok(twice < 2.2 * once, `${once} steps became ${twice}`)
  })
}

test('a line is folded at 75 octets, never inside a character', () => {
  assert.equal(foldLine(`X:${'a'.repeat(73)}`), `X:${'a'.repeat(73)}\r\n`)
  assert.equal(foldLine(`X:${'a'.repeat(74)}`), `X:${'a'.repeat(73)}\r\n a\r\n`)
  assert.equal(foldLine(`X:${'a'.repeat(72)}é`), `X:${'a'.repeat(72)}\r\n é\r\n`)
  assert.equal(foldLine(`X:${'a'.repeat(70)}🎉`), `X:${'a'.repeat(70)}\r\n 🎉\r\n`)
})

test('B4: no value can begin a line of its own, and forbidden characters are not written', () => {
  assert.equal(foldLine('X:a\r\nEND:VEVENT\rb\nc'), 'X:a\\nEND:VEVENT\\nb\\nc\r\n')
  assert.equal(foldLine('X:\u0000a\u0008b\u007Fc\uFFFEd\uFFFFe\uD800f\uDC00g🎉\u0085'), 'X:abcdefg🎉\u0085\r\n')
  const hostile: Component = { name: 'A\r\nB', properties: [{ name: '', line: 'junk' }], components: [] }
  assert.equal(writeComponents([hostile]), 'BEGIN:AB\r\nEND:AB\r\n')
})

const nameText = fc.stringMatching(/^[A-Z][A-Z0-9-]{0,12}$/).filter((name) => name !== 'BEGIN' && name !== 'END')
const anyText = fc.string({ unit: 'binary', maxLength: 300 })
const property = fc.tuple(nameText, anyText).map(([name, value]) => ({
  name,
  line: `${name}:${value.replace(/[\r\n\uFEFF]/g, '').replace(/[[\p{Cc}--[\t\u0080-\u009F]]\uFFFE\uFFFF\p{Surrogate}]/gv, '')}`,
}))
const depth = fc.createDepthIdentifier()
const component = fc.letrec<{ component: Component }>((tie) => ({
  component: fc.record({
    name: nameText,
    properties: fc.array(property, { maxLength: 6 }),
    components: fc.oneof(
      { maxDepth: 4, depthIdentifier: depth },
      fc.constant([]),
      fc.array(tie('component'), { maxLength: 2 }),
    ),
  }),
})).component

test('reading what was written gives the same content lines', () => {
  fc.assert(
    fc.property(fc.array(component, { maxLength: 3 }), (components) => {
      const text = writeComponents(components)
      assertStrictText(text)
      const read = parseComponents(text)
      assert.deepEqual(read.outside, [])
      assert.deepEqual(contentLines(read.components), contentLines(components))
    }),
    { seed, numRuns: 200 },
  )
})

test('whatever a property holds, the writer writes strict text with as many components', () => {
  fc.assert(
    fc.property(nameText, fc.string({ unit: 'binary', maxLength: 400 }), (name, value) => {
      const text = writeComponents([
        { name: 'VEVENT', properties: [{ name, line: `${name}:${value}` }], components: [] },
      ])
      assertStrictText(text)
      const { components } = parseComponents(text)
      assert.equal(components.length, 1)
      assert.equal(components[0]?.properties.length, 1)
    }),
    { seed, numRuns: 300 },
  )
})

const feed = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VTIMEZONE',
  'TZID:Z',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:u1',
  'DTSTART;TZID=Z:20260301T100000',
  'RRULE:FREQ=DAILY;COUNT=3',
  'SUMMARY:Käse\\, Wurst',
  'ATTENDEE;CN="A, B":mailto:a@b',
  'BEGIN:VALARM',
  'TRIGGER:-PT5M',
  'END:VALARM',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:u1',
  'RECURRENCE-ID;TZID=Z:20260302T100000',
  'DTSTART;TZID=Z:20260302T110000',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

test('E2: mutants of a feed are read or refused, never an unexpected error', () => {
  const edit = fc.tuple(
    fc.nat(feed.length),
    fc.nat(40),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\r', '\n', '"', ';', ':', 'BEGIN:VEVENT\n', 'END:VEVENT\n', ' '),
    ),
  )
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = feed
      for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length)
      try {
        const { objects } = readCalendar(text)
        for (const object of objects) parseComponents(writeComponents(object.events))
      } catch (error) {
        assert.ok(error instanceof SyncError && error.kind === 'protocol', String(error))
      }
    }),
    { seed, numRuns: 500 },
  )
})

test('C8: a feed cut anywhere before its last END is refused', () => {
  const end = feed.lastIndexOf('END:VCALENDAR')
  for (let length = 0; length < end + 'END:VCALENDAR'.length; length++) {
    assert.throws(() => readCalendar(feed.slice(0, length)), SyncError, `cut at ${length}`)
  }
})
