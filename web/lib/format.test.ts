import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration, formatInterval, formatRelative, formatUptime, parseStamp, splitInterval } from './format.ts'

test('intervals leave out the parts that are zero, and 0 means manual only', () => {
  assert.equal(formatInterval(3903), '1h 5m 3s')
  assert.equal(formatInterval(3600), '1h')
  assert.equal(formatInterval(90), '1m 30s')
  assert.equal(formatInterval(360_000), '100h')
  assert.equal(formatInterval(0), 'Manual only')
  assert.deepEqual(splitInterval(3903), { hours: 1, minutes: 5, seconds: 3 })
})

test('uptime names hours only from one hour on', () => {
  assert.equal(formatUptime(3900), '1h 5m')
  assert.equal(formatUptime(300), '5m')
  assert.equal(formatUptime(59), '0m')
})

test('API stamps are read as UTC, and what is no stamp as null', () => {
  assert.equal(parseStamp('2026-01-02 03:04:05'), Date.UTC(2026, 0, 2, 3, 4, 5))
  assert.equal(parseStamp(null), null)
  assert.equal(parseStamp('yesterday'), null)
})

test('relative times choose the largest fitting unit, in both directions', () => {
  const now = Date.UTC(2026, 0, 1)
  assert.equal(formatRelative(now - 3000, now), 'just now')
  assert.equal(formatRelative(now + 3000, now), 'in a moment')
  assert.equal(formatRelative(now - 300_000, now), '5 minutes ago')
  assert.equal(formatRelative(now + 3_300_000, now), 'in 55 minutes')
  assert.equal(formatRelative(now - 59.8 * 60_000, now), '1 hour ago')
  assert.equal(formatRelative(now - 3 * 86_400_000, now), '3 days ago')
  assert.equal(formatRelative(now - 800 * 86_400_000, now), '2 years ago')
})

test('a duration never names sixty seconds', () => {
  assert.equal(formatDuration(80), '80 ms')
  assert.equal(formatDuration(1234), '1.2 s')
  assert.equal(formatDuration(59_949), '59.9 s')
  assert.equal(formatDuration(59_960), '1 min 0 s')
  assert.equal(formatDuration(119_700), '2 min 0 s')
  assert.equal(formatDuration(185_000), '3 min 5 s')
})
