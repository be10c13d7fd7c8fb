import assert from 'node:assert/strict'
import { test } from 'node:test'
import { feedUrl, hostOf } from './url.ts'

test('feed addresses encode each segment and keep the slashes', () => {
  assert.equal(feedUrl('http://h:1', '/ics', 'my team/ä?'), 'http://h:1/ics/my%20team/%C3%A4%3F')
  assert.equal(feedUrl('', '/ics/public', 'a/b'), '/ics/public/a/b')
})

test('hosts are compared without case and with their port; what is no URL has none', () => {
  assert.equal(hostOf('https://Cal.Example.com/x'), 'cal.example.com')
  assert.equal(hostOf('http://a:8080'), 'a:8080')
  assert.equal(hostOf('webcal://Feeds.example/x'), 'feeds.example')
  assert.equal(hostOf('nonsense'), null)
})
