import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pack, unpack, unpackNow } from './packed-text.ts'

test('what is packed is smaller, and comes back to the byte', async () => {
  const bytes = Buffer.from(`${'SUMMARY:grün 🌱\r\n'.repeat(1000)}\u0000`)
  const packed = await pack(bytes)
  assert.ok(packed.length * 8 < bytes.length)
  assert.deepEqual([await unpack(packed), unpackNow(packed)], [bytes, bytes])
  assert.deepEqual(await unpack(await pack(new Uint8Array())), Buffer.alloc(0))
})

test('bytes that were cut short are not taken for whole', async () => {
  const packed = await pack(Buffer.from('SUMMARY:x\r\n'.repeat(1000)))
  await assert.rejects(unpack(packed.subarray(0, packed.length / 2)))
})
