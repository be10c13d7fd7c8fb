import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasUserInfo, isRedacted, redactUrl, shownError } from './redact.ts'

test('I4, D8: a login in an address is masked in every spelling, and nothing else is changed', () => {
  const rows: [string, string][] = [
    ['https://u:canary@h/p?q=a@b', 'https://u:***@h/p?q=a@b'],
    ['https://u:can@ary@h/', 'https://u:***@h/'],
    ['https://u:@h/', 'https://u:***@h/'],
    ['https://canary@h/', 'https://***@h/'],
    ['webcal://u:canary@h/', 'webcal://u:***@h/'],
    ['HTTPS://u:canary@h', 'HTTPS://u:***@h'],
    ['https:/u:canary@h/', 'https:/u:***@h/'],
    ['https:u:canary@h/', 'https:u:***@h/'],
    ['https:\\\\u:canary@h/', 'https:\\\\u:***@h/'],
    [' https://u:canary@h/', ' https://u:***@h/'],
    ['ht\ntps://u:canary@h/', 'https://u:***@h/'],
    ['ht\ntps://canary@h/', 'https://***@h/'],
    ['https://u:canary@[bad', 'https://u:***@[bad'],
    ['https://h/a@b', 'https://h/a@b'],
    ['https://h?x=u:p@h', 'https://h?x=u:p@h'],
    ['https://h#u:p@h', 'https://h#u:p@h'],
    ['not a url', 'not a url'],
    ['', ''],
  ]
  for (const [url, shown] of rows) {
    assert.equal(redactUrl(url), shown)
    assert.equal(redactUrl(shown), shown)
    assert.equal(hasUserInfo(url), url !== shown)
    assert.equal(isRedacted(shown), url !== shown)
  }
})

test('B2: a stored error is shown as text of bounded length, without logins and control characters', () => {
  assert.equal(
    shownError('GET https://u:canary@h/x failed; then http://t@h'),
    'GET https://***@h/x failed; then http://***@h',
  )
  assert.equal(shownError('\u001b[31mred\u001b[0m\r\n<b>x</b>\u0000'), '[31mred[0m <b>x</b> ')
  const long = shownError('ä'.repeat(2_000_000))
  assert.equal(long.length, 1000)
  assert.ok(long.endsWith('…'))
  assert.ok(shownError('\ud83d'.repeat(3)).isWellFormed())
})
