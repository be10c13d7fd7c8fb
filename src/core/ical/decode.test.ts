import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SyncError } from '../errors.ts'
import { decodeCalendarBytes } from './decode.ts'

const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31)
console.log(`decode.test.ts: fast-check seed ${seed}`)

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)
const codes = (bytes: Uint8Array, charset: string | null = null) => {
  const { text, findings } = decodeCalendarBytes(bytes, charset)
  return { text, codes: findings.map((finding) => finding.code) }
}

test('UTF-8 is read as it is, with and without a byte order mark, whatever the server declares', () => {
  for (const charset of [null, 'utf-8', 'UTF8', '"utf-8"', 'iso-8859-1', 'us-ascii']) {
    assert.deepEqual(codes(utf8('Käse 🎉'), charset), { text: 'Käse 🎉', codes: [] })
  }
  assert.deepEqual(codes(utf8('\uFEFFKäse'), 'iso-8859-1'), { text: 'Käse', codes: [] })
})

test('I11: UTF-16 by its mark or its zero bytes', () => {
  const little = new Uint8Array(Buffer.from('BEGIN:VCALENDAR ä', 'utf16le'))
  const big = little.map((_byte, index) => little[index ^ 1] ?? 0)
  for (const bytes of [little, big, Uint8Array.of(0xff, 0xfe, ...little), Uint8Array.of(0xfe, 0xff, ...big)]) {
    assert.deepEqual(codes(bytes), { text: 'BEGIN:VCALENDAR ä', codes: ['charset-utf-16'] })
  }
})

test('C11: what is no UTF-8 is read in the declared charset, else as Windows-1252, and reported', () => {
  assert.deepEqual(codes(latin1('K\xE4se'), 'iso-8859-1'), { text: 'Käse', codes: ['charset-converted'] })
  assert.deepEqual(codes(Uint8Array.of(0xca, 0xc0), 'koi8-r'), { text: 'йю', codes: ['charset-converted'] })
  assert.deepEqual(codes(latin1('K\xE4se \x80')), { text: 'Käse €', codes: ['charset-not-utf-8'] })
  assert.deepEqual(codes(latin1('K\xE4se'), 'no-such-charset'), {
    text: 'Käse',
    codes: ['charset-unknown', 'charset-not-utf-8'],
  })
  assert.deepEqual(codes(latin1('\x1b$B$"\x1b(B'), 'iso-2022-jp'), { text: 'あ', codes: ['charset-converted'] })
})

test('C11: one stray byte does not spoil the characters around it', () => {
  const bytes = Uint8Array.of(...utf8('Käse 🎉 '), 0xe9, ...utf8(' Öl'), 0xf0, 0x9f)
  assert.deepEqual(codes(bytes), { text: 'Käse 🎉 é Ölð\u0178', codes: ['charset-not-utf-8'] })
})

test('I11: folds inside a character are undone', () => {
  for (const fold of ['\r\n ', '\n ', '\r\n\t']) {
    const euro = utf8('€')
    const bytes = Uint8Array.of(
      ...utf8('A:'),
      euro[0] ?? 0,
      ...utf8(fold),
      euro[1] ?? 0,
      ...utf8(fold),
      euro[2] ?? 0,
      ...utf8('b\r\n c'),
    )
    assert.deepEqual(codes(bytes), { text: 'A:€b\r\n c', codes: ['folded-inside-character'] })
  }
})

test('I11: NUL characters are left out and reported', () => {
  assert.deepEqual(codes(utf8('BEGIN:VCAL\0ENDAR')), { text: 'BEGIN:VCALENDAR', codes: ['nul-characters'] })
})

test('C9: compressed data without a declaration is refused by name', () => {
  for (const [bytes, name] of [
    [[0x1f, 0x8b, 8, 0], /gzip/],
    [[0x50, 0x4b, 3, 4], /zip/],
    [[0x28, 0xb5, 0x2f, 0xfd], /zstd/],
  ] as const) {
    assert.throws(
      () => decodeCalendarBytes(Uint8Array.from(bytes), null),
      (error) => error instanceof SyncError && name.test(error.message),
    )
  }
})

test('any text survives as UTF-8, and any bytes give well-formed text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(null, 'latin1', 'shift_jis', 'utf-16le'),
      (text, bytes, charset) => {
        const line = `SUMMARY:${text.replaceAll('\0', '')}`
        assert.equal(decodeCalendarBytes(utf8(line), null).text, line)
        try {
          assert.ok(decodeCalendarBytes(bytes, charset).text.isWellFormed())
        } catch (error) {
          assert.ok(error instanceof SyncError)
        }
      },
    ),
    { seed, numRuns: 300 },
  )
})
