import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkExpiry,
  checkFreshness,
  endWords,
  linkBody,
  linkChanges,
  linkField,
  linkValues,
  newLink,
} from './link-form.ts'
import { feedLinkOf, findLinks, linkTitle, readership } from './links.ts'
import type { Link } from './types.ts'

const link: Link = {
  id: 1,
  kind: 'own',
  label: '',
  name: null,
  path: 'abc',
  url: 'http://x/ics/abc',
  webcal_url: 'webcal://x/ics/abc',
  is_public: true,
  source_ids: [1, 2],
  state: 'active',
  paused: false,
  expires_at: null,
  freshness_secs: null,
  mark: 'none',
  rules: [],
  findings: [],
  readers: [],
  created_at: '2026-01-01T00:00:00.000Z',
}
const sources = [
  { id: 1, name: 'Work' },
  { id: 2, name: 'Family' },
]
const reader = { client: 'Outlook', reads: 9, first_at: '2026-01-01T00:00:00Z', stopped: false }

test('a link is called by whom it is for, else by its name, else by what it shows', () => {
  assert.equal(linkTitle({ ...link, label: 'Grandma', name: 'Us' }, sources), 'Grandma')
  assert.equal(linkTitle({ ...link, name: 'Us' }, sources), 'Us')
  assert.equal(linkTitle(link, sources), 'Work, Family')
  assert.equal(linkTitle({ ...link, source_ids: [] }, sources), 'abc')
})

test('a search looks through names, path, sources, kind, state and readers', () => {
  const other: Link = { ...link, id: 2, kind: 'main', source_ids: [1], path: 'work', state: 'paused' }
  const ids = (search: string) => findLinks([link, other], search, sources).map(({ id }) => id)
  assert.deepEqual(ids(''), [1, 2])
  assert.deepEqual(ids('FAMILY'), [1])
  assert.deepEqual(ids('work paused'), [2])
  assert.deepEqual(ids('made by'), [1])
  assert.deepEqual(ids('nothing'), [])
})

test('readers at a glance: how many, the last time, and who stayed away', () => {
  assert.deepEqual(readership(link), { count: 0, lastAt: null, stopped: [] })
  const readers = [
    { ...reader, last_at: '2026-02-01T00:00:00Z', stopped: true },
    { ...reader, client: 'GNOME', last_at: '2026-03-01T00:00:00Z' },
  ]
  assert.deepEqual(readership({ readers }), { count: 2, lastAt: Date.UTC(2026, 2, 1), stopped: ['Outlook'] })
})

test('what is given away for a source is its public address, else its own', () => {
  const main: Link = { ...link, id: 2, kind: 'main', source_ids: [1] }
  const open: Link = { ...link, id: 3, kind: 'public', source_ids: [1] }
  assert.equal(feedLinkOf(1, [link, main, open])?.id, 3)
  assert.equal(feedLinkOf(1, [link, main])?.id, 2)
  assert.equal(feedLinkOf(2, [link, main]), undefined)
})

test('a new link leaves out what the API makes up', () => {
  const body = linkBody(newLink([1]))
  assert.ok(!('path' in body))
  assert.deepEqual([body.name, body.expires_at, body.freshness_secs], [null, null, null])
  const filled = linkBody({ ...newLink([1]), path: ' team ', freshness: '2', freshness_unit: 'hours' })
  assert.deepEqual([filled.path, filled.freshness_secs], ['team', 7200])
})

test('a link works through its last day, and an hour that is no midnight is kept', () => {
  const { expires_at } = linkBody({ ...newLink([1]), expires: '2026-12-31' })
  assert.equal(expires_at, new Date(2027, 0, 1).toISOString())
  assert.equal(linkValues({ ...link, expires_at }).expires, '2026-12-31')
  const odd: Link = { ...link, expires_at: '2026-12-31T12:34:56.000Z' }
  assert.deepEqual(linkChanges(odd, { ...linkValues(odd), label: 'x' }), { label: 'x' })
})

test('the end is told as a day where it is the end of one', () => {
  assert.match(endWords(new Date(2027, 0, 1).toISOString()), /^Ends after .*2026$/)
  assert.match(endWords(new Date(2027, 0, 1, 9, 30).toISOString()), /^Ends .*2027.*30/)
})

test('days gone by and amounts that are none are refused before they are sent', () => {
  const now = new Date(2026, 5, 15, 12).getTime()
  assert.equal(checkExpiry('', now), true)
  assert.equal(checkExpiry('2026-06-15', now), true)
  assert.match(String(checkExpiry('2026-06-14', now)), /not over/)
  assert.match(String(checkExpiry('tomorrow', now)), /no date/)
  assert.equal(checkFreshness('', 'minutes'), true)
  assert.equal(checkFreshness('1', 'minutes'), true)
  for (const [amount, unit] of [
    ['30', 'seconds'],
    ['0', 'days'],
    ['367', 'days'],
    ['x', 'hours'],
  ] as const) {
    assert.notEqual(checkFreshness(amount, unit), true)
  }
})

test('a refusal finds its field', () => {
  assert.equal(linkField('path is in use by another address; choose another one'), 'path')
  assert.equal(linkField('source_ids names source 7, which does not exist'), 'source_ids')
  assert.equal(linkField('name cannot be empty; leave it out'), 'name')
  assert.equal(linkField('Link not found'), null)
})
