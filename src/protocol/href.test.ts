import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Href } from '../core/types.ts'
import {
  collectionKey,
  collectionUrl,
  existingUrl,
  hrefKey,
  hrefToSend,
  isSameCollection,
  lastSegment,
  membership,
  memberUrl,
  resolveHref,
  resourceUrl,
} from './href.ts'

const BASE = 'https://dav.example/cal/alice/work/'

test('R7: every way to write one href has one key', () => {
  const groups = [
    ['/cal/alice/work/a@b.ics', '/cal/alice/work/a%40b.ics', `${BASE}a%40b.ics`, 'a%40b.ics', 'a@b.ics', './a@b.ics'],
    ['/cal/alice/work/%C3%A9.ics', '/cal/alice/work/%c3%a9.ics', 'é.ics', '/cal/alice/work/é.ics'],
    ['/cal/alice/work/a(b)c.ics', '/cal/alice/work/a%28b%29c.ics'],
    ['/cal/alice/work/sp%20ace.ics', '/cal/alice/work/sp ace.ics'],
    ['/cal/alice/work/hash%23.ics', '/cal/alice/work/hash#.ics'],
    ['/cal/alice/work/col:on.ics', 'col%3Aon.ics', 'col:on.ics'],
    ['/cal/alice/work/50%25.ics', '/cal/alice/work/50%.ics'],
    ['/cal/alice/work/', '/cal/alice/work', BASE, 'https://dav.example/cal/alice/work'],
    ['http://dav.example:8080/cal/alice/work/x.ics', '/cal/alice/work/x.ics'],
  ]
  for (const [first = '', ...others] of groups) {
    for (const other of others) assert.equal(hrefKey(other, BASE), hrefKey(first, BASE), other)
  }
})

test('R7: different resources have different keys', () => {
  const hrefs = [
    'a.ics',
    'A.ics',
    'a%2Fb.ics',
    'a/b.ics',
    'a%252Fb.ics',
    'a%20b.ics',
    'a%2520b.ics',
    'a+b.ics',
    '%FF.ics',
    '%FE.ics',
  ]
  assert.equal(new Set(hrefs.map((href) => hrefKey(href, BASE))).size, hrefs.length)
})

test('D7: only direct members count, and always on the origin of the collection', () => {
  const outside = [
    'https://evil.example/cal/alice/work/x.ics',
    '//evil.example/cal/alice/work/x.ics',
    'https://dav.example.evil.example/cal/alice/work/x.ics',
    'https://dav.example@evil.example/cal/alice/work/x.ics',
    '/cal/bob/work/x.ics',
    '/cal/alice/workshop/x.ics',
    '../x.ics',
    '%2e%2e/x.ics',
    'sub/x.ics',
    'sub/',
    'javascript:alert(1)/../../../x',
    '..%2f..%2fx.ics',
    '..%5C..%5Cx.ics',
    '',
    '.',
    '/cal/alice/work',
    BASE,
  ]
  for (const href of outside) assert.equal(memberUrl(BASE, href), null, href)
  for (const href of [
    'x.ics',
    '/cal/alice/work/x.ics',
    `${BASE}x.ics`,
    'http://dav.example:8008/cal/alice/work/x.ics',
  ]) {
    assert.equal(memberUrl(BASE, href)?.href, `${BASE}x.ics`, href)
  }
  assert.equal(memberUrl(BASE.slice(0, -1), '/cal/alice/work/x.ics')?.href, `${BASE}x.ics`)
})

test('D7: an encoded way out of the collection is no member, and is never written to', () => {
  const outside = [
    '%2e%2e',
    '%2E%2E/',
    '.%2e/x.ics',
    '%2e%2E/x.ics',
    '/cal/alice/work/%2e%2e/x.ics',
    '/cal/alice/work/%2e%2e/%2e%2e/bob/x.ics',
    `${BASE}%2e%2e/x.ics`,
    '%252e%252e/x.ics',
    '%2e%2e%2fx.ics',
    'a%2f%2e%2e%2f%2e%2e%2fx.ics',
    '%2e%2e%5cx.ics',
    '%2e%2e%5c%ffx.ics',
    'a%5c%ff%5c%2e%2e%5cx.ics',
    '%2e',
  ]
  for (const href of outside) {
    assert.equal(memberUrl(BASE, href), null, href)
    assert.throws(() => existingUrl(BASE, href as Href), /does not lie in the calendar/, href)
  }
  // Decoded once, these are plain names; and dots that stay inside are resolved before anything is sent.
  assert.equal(existingUrl(BASE, '%252e%252e.ics' as Href).href, `${BASE}%252e%252e.ics`)
  assert.equal(existingUrl(BASE, '/cal/%2e%2e/cal/alice/work/%2e/x.ics' as Href).href, `${BASE}x.ics`)
  assert.equal(existingUrl(BASE, 'a%2e%2eb.ics' as Href).href, `${BASE}a%2e%2eb.ics`)
})

test('Q5b, Q6: every way to write one collection URL has one key, and different collections have different keys', () => {
  const groups = [
    ['https://dav.example/cal/a@b/', 'https://dav.example/cal/a%40b/', 'https://dav.example/cal/a%40b'],
    ['https://dav.example/cal/a@b/', 'https://DAV.example:443/cal/a@b', 'HTTPS://user@dav.example/cal/%61@b//'],
    ['http://dav.example/cal/%C3%A9/', 'http://dav.example:80/cal/%c3%a9', 'http://dav.example/cal/é/'],
    ['http://dav.example/%ff%2f/', 'http://dav.example/%FF%2F'],
    ['http://dav.example:8080/50%25/', 'http://dav.example:8080/50%'],
    ['https://dav.example', 'https://dav.example/', 'https://dav.example:443'],
    ['https://dav.example/a/%2e%2e/b/', 'https://dav.example/b'],
  ]
  for (const [first = '', ...others] of groups) {
    for (const other of others) assert.equal(collectionKey(other), collectionKey(first), other)
  }
  const different = [
    'https://dav.example/cal/a@b/',
    'http://dav.example/cal/a@b/',
    'https://dav.example:8443/cal/a@b/',
    'https://dav.example.net/cal/a@b/',
    'https://dav.example/cal/A@b/',
    'https://dav.example/cal/a%2540b/',
    'https://dav.example/cal%2Fa@b/',
    'https://dav.example/cal/a@b/?x=1',
    'not a URL',
    'also not a URL',
  ]
  assert.equal(new Set(different.map(collectionKey)).size, different.length)
  assert.equal(
    collectionKey(collectionKey('https://dav.example/cal/a%40b/')),
    collectionKey('https://dav.example/cal/a@b'),
  )
})

test('R7: an href goes back as it came, save where it holds what no href may hold', () => {
  const same = [
    '/cal/alice/work/a%40b.ics',
    '/cal/alice/work/a@b(1).ics',
    '/cal/alice/work/%c3%a9.ics',
    `${BASE}x.ics`,
    "/cal/alice/work/o'k.ics",
  ]
  for (const href of same) assert.equal(hrefToSend(BASE, href as Href), href)
  assert.equal(hrefToSend(BASE, '/cal/alice/work/sp ace#é.ics' as Href), '/cal/alice/work/sp%20ace%23%C3%A9.ics')
})

test('W2, W3: a resource URL is made only of a name of ours', () => {
  assert.equal(resourceUrl(BASE, 'ab-12.ics').href, `${BASE}ab-12.ics`)
  assert.equal(resourceUrl(`${BASE.slice(0, -1)}?x=1`, 'ab-12.ics').href, `${BASE}ab-12.ics`)
  for (const name of ['', '.ics', 'A.ics', '../a.ics', 'a/b.ics', 'a.ics/', 'a.txt', 'é.ics', 'a.ics\n']) {
    assert.throws(() => resourceUrl(BASE, name), name)
  }
})

test('the collection itself is recognised, and named by its last segment', () => {
  for (const href of [BASE, BASE.slice(0, -1), '/cal/alice/work', '/cal/%61lice/work/'])
    assert.ok(isSameCollection(BASE, href), href)
  assert.ok(!isSameCollection(BASE, '/cal/alice/work/x.ics'))
  assert.ok(!isSameCollection(BASE, 'http%3A//dav.example/cal/alice/work'))
  assert.equal(lastSegment('https://dav.example/cal/My%20work/'), 'My work')
  assert.equal(resolveHref(BASE, 'http://'), null)
})

test('whether an href belongs to a collection is told alike for one and for many', () => {
  const names = [
    'a.ics',
    'a%40b.ics',
    "a'(b)!*.ics",
    '',
    '/',
    'sub/a.ics',
    '../x.ics',
    '..',
    '.hidden',
    '%2e%2e',
    'é.ics',
    'a b',
  ]
  const folders = ['/cal/alice/work/', '/cal/alice/work', '/cal/alice/', '/cal/alice/workshop/', '//cal/', BASE, '']
  const others = ['http://dav.example:8080/cal/alice/work/', 'https://other.example/cal/alice/work/']
  const ours = membership(BASE)
  for (const href of [...folders, ...others].flatMap((folder) => names.map((name) => folder + name))) {
    assert.equal(ours.isCollection(href), isSameCollection(BASE, href), href)
    assert.equal(ours.isMember(href), memberUrl(BASE, href) !== null, href)
  }
})

test('Q5b: a collection is reached again by its key, or not at all where the key does not tell its name', () => {
  const urls = [BASE, 'https://dav.example/cal/My%20Calendar/', 'https://dav.example/b%C3%BCro/50%25/a%2Fb/']
  for (const url of urls) {
    assert.equal(collectionUrl(collectionKey(url)), url)
    assert.equal(collectionUrl(url), url)
  }
  for (const url of ['https://dav.example/c%23/', 'https://dav.example/what%3F/', 'https://dav.example/cal/?user=a'])
    assert.equal(collectionUrl(collectionKey(url)), null, url)
})
