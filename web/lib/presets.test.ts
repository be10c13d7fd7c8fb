import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverPresets } from '../texts.ts'
import { examplePart, isStillExample, presetOf, presets, presetsFor } from './presets.ts'

test('every preset has a name and a hint, and an address that is one', () => {
  assert.deepEqual(new Set(Object.keys(serverPresets)), new Set(presets.map(({ id }) => id)))
  for (const { url, example } of presets) {
    if (url === '') continue
    assert.ok(URL.canParse(url), url)
    if (example !== null) assert.equal(new URL(url).hostname, example)
  }
})

test('Google is told of on the side of sources only, since nothing can be written there', () => {
  assert.ok(presetsFor('source').some(({ id }) => id === 'google'))
  assert.ok(!presetsFor('destination').some(({ id }) => id === 'google'))
})

test('the part to replace is found until it is replaced', () => {
  const nextcloud = presetOf('nextcloud')
  const part = examplePart(nextcloud.url, nextcloud)
  assert.deepEqual(part && nextcloud.url.slice(...part), 'cloud.example.com')
  assert.equal(examplePart('https://cloud.example.com.au/remote.php/dav', nextcloud), null)
  assert.equal(examplePart('https://cloud.anna.net/remote.php/dav', nextcloud), null)
  assert.equal(examplePart('https://caldav.icloud.com', presetOf('icloud')), null)
  const radicale = presetOf('radicale')
  assert.deepEqual(examplePart(radicale.url, radicale), [7, 16])
})

test('an example is nobody’s server, a server at home may be', () => {
  assert.equal(isStillExample('https://cloud.example.com/remote.php/dav'), true)
  assert.equal(isStillExample('https://example.com/dav.php'), true)
  assert.equal(isStillExample('http://localhost:5232'), false)
  assert.equal(isStillExample('https://notexample.com/'), false)
  assert.equal(isStillExample('no address'), false)
})
