import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePhc } from './phc.ts'

const GOOD = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'

test('reads algorithm, costs, salt and hash, the costs in any order, the version left out', () => {
  const expected = {
    ok: true,
    algorithm: 'argon2id',
    memory: 19456,
    passes: 2,
    parallelism: 1,
    salt: Buffer.from('somesalt'),
    hash: Buffer.from('CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', 'base64'),
  }
  for (const text of [GOOD, GOOD.replace('$v=19', ''), GOOD.replace('m=19456,t=2,p=1', 'p=1,t=2,m=19456')])
    assert.deepEqual(parsePhc(text), expected)
})

test('A3: what cannot be used is refused with a reason that does not repeat it', (t) => {
  const change = (from: string | RegExp, to: string) => GOOD.replace(from, to)
  const rows: [string, RegExp][] = [
    ['', /not a PHC string/],
    ['canary', /not a PHC string/],
    [`x${GOOD}`, /not a PHC string/],
    ['$2b$10$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', /bcrypt/],
    ['$2y$12$x', /bcrypt/],
    ['$6$salt$hash', /algorithm/],
    ['$scrypt$ln=16,r=8,p=1$c29tZXNhbHQ$CTFhFdXPJO1a', /algorithm/],
    [change('argon2id', 'argon2x'), /algorithm/],
    [change('argon2id', 'ARGON2ID'), /algorithm/],
    [GOOD.replaceAll('$', '$$$$'), /doubled dollar signs/],
    [GOOD.slice(0, GOOD.lastIndexOf('$')), /cut short/],
    [GOOD.slice(0, GOOD.lastIndexOf('$') + 1), /the hash is not/],
    [GOOD.slice(0, -1), /the hash is not/],
    [GOOD.slice(0, -30), /the hash is not/],
    [`${GOOD}=`, /the hash is not/],
    [`${GOOD}$more`, /more parts/],
    [change('c29tZXNhbHQ', 'c29t'), /the salt is not/],
    [change('c29tZXNhbHQ', 'c29!'), /the salt is not/],
    [change('v=19', 'v=16'), /version is not 19/],
    [change('v=19', 'v=x'), /version is not 19/],
    [change('m=19456', 'm=1048577'), /m is above/],
    [change('m=19456', 'm=4294967295'), /m is above/],
    [change('m=19456', 'm=7'), /m is below/],
    [change('t=2', 't=21'), /t is not between/],
    [change('t=2', 't=0'), /t is not between/],
    [change('p=1', 'p=17'), /p is not between/],
    [change('p=1', 'p=0'), /p is not between/],
    [change('m=19456,', ''), /costs/],
    [change('p=1', 'p=1,p=2'), /costs/],
    [change('t=2', 't=-2'), /costs/],
    [change('p=1', 'p=1,keyid=x'), /costs/],
  ]
  for (const [text, reason] of rows) {
    const parsed = parsePhc(text)
    assert.ok(!parsed.ok, text)
    assert.match(parsed.reason, reason, text)
    assert.doesNotMatch(parsed.reason, /canary|CTFhF/)
  }
  t.diagnostic(`${rows.length} strings`)
})
