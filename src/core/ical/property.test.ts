import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Property } from './model.ts'
import {
  decodeParameterValue,
  encodeParameterValue,
  escapeText,
  find,
  findAll,
  makeProperty,
  parameterOf,
  parametersOf,
  rawValue,
  splitLine,
  textOf,
  unescapeText,
  withoutParameter,
  withParameter,
  withValue,
} from './property.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`property.test.ts: fast-check seed ${seed}`)

function property(line: string): Property {
  return { name: line.replace(/[;:].*$/s, ''), line }
}

test('the value begins after the first colon outside quotes', () => {
  assert.equal(rawValue(property('A:b:c')), 'b:c')
  assert.equal(rawValue(property('A;P="x:y":b"c:d')), 'b"c:d')
  assert.equal(rawValue(property('A;P="x:y";Q="z;:":b')), 'b')
  assert.equal(rawValue(property('A:"b":c')), '"b":c')
  assert.equal(rawValue(property('A;P="never closed:b')), 'b')
  assert.equal(rawValue(property('A:')), '')
})

test('parameters are read with quotes, lists and RFC 6868 escapes', () => {
  assert.deepEqual(
    parametersOf(property(`ATTENDEE;cn="B; C: D";MEMBER="m:1","m:2",m3;X=a^nb^'c^^d;FLAG;E=:mailto:x`)),
    [
      { name: 'CN', values: ['B; C: D'] },
      { name: 'MEMBER', values: ['m:1', 'm:2', 'm3'] },
      { name: 'X', values: ['a\nb"c^d'] },
      { name: 'FLAG', values: [] },
      { name: 'E', values: [''] },
    ],
  )
  assert.equal(parameterOf(property('DTSTART;TZID=Europe/Berlin:20260301T100000'), 'TZID'), 'Europe/Berlin')
  assert.equal(parameterOf(property('DTSTART:20260301T100000'), 'TZID'), undefined)
})

test('a parameter is set in its place, added at the end, or taken away; the rest of the line stays', () => {
  const line = property('ATTENDEE;CN="A;B";SCHEDULE-AGENT=SERVER;X=1:mailto:a:b')
  assert.equal(
    withParameter(line, 'SCHEDULE-AGENT', 'CLIENT').line,
    'ATTENDEE;CN="A;B";SCHEDULE-AGENT=CLIENT;X=1:mailto:a:b',
  )
  assert.equal(withParameter(line, 'Y', 'a,b').line, 'ATTENDEE;CN="A;B";SCHEDULE-AGENT=SERVER;X=1;Y="a,b":mailto:a:b')
  assert.equal(withoutParameter(line, 'CN', 'X').line, 'ATTENDEE;SCHEDULE-AGENT=SERVER:mailto:a:b')
  assert.equal(withoutParameter(line, 'ROLE'), line)
  assert.equal(withValue(line, 'z').line, 'ATTENDEE;CN="A;B";SCHEDULE-AGENT=SERVER;X=1:z')
})

test('TEXT escapes are undone once; any other backslash stays', () => {
  assert.equal(unescapeText('a\\, b\\; c\\n d\\N e\\\\n f\\x \\'), 'a, b; c\n d\n e\\n f\\x \\')
  assert.equal(textOf(property('SUMMARY:a\\,b')), 'a,b')
  assert.equal(escapeText('a,b;c\\d\r\ne\rf\ng'), 'a\\,b\\;c\\\\d\\ne\\nf\\ng')
})

test('B4: a made property is one line whatever it is made of', () => {
  const made = makeProperty('x-name', { cn: 'a"b\nc;d', list: ['e', 'f:g'] }, 'v\r\nEND:VEVENT')
  assert.deepEqual(made, { name: 'X-NAME', line: 'X-NAME;CN="a^\'b^nc;d";LIST=e,"f:g":v\\nEND:VEVENT' })
  assert.deepEqual(parametersOf(made)[0]?.values, ['a"b\nc;d'])
})

test('find and findAll look at the component itself only', () => {
  const inner = { name: 'VALARM', properties: [property('UID:alarm')], components: [] }
  const event = { name: 'VEVENT', properties: [property('X:1'), property('X:2')], components: [inner] }
  assert.equal(find(event, 'X')?.line, 'X:1')
  assert.equal(findAll(event, 'X').length, 2)
  assert.equal(find(event, 'UID'), undefined)
})

test('escapes of texts and of parameter values are undone to the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(unescapeText(escapeText(text)), text.replace(/\r\n|\r/g, '\n'))
      assert.equal(
        decodeParameterValue(encodeParameterValue(text).replace(/^"|"$/g, '')),
        text.replace(/\r\n|\r/g, '\n'),
      )
    }),
    { seed, numRuns: 300 },
  )
})

test('a line taken apart and joined is the same line', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const line = `NAME;${text.replace(/[\r\n]/g, '')}:value`
      const { head, parameters, value } = splitLine(line)
      const raw = parameters.map((parameter) => `;${parameter.raw}`).join('')
      assert.equal(`${head}${raw}:${value}`, line)
    }),
    { seed, numRuns: 300 },
  )
})
