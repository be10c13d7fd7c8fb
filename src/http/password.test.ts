import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePhc } from '../core/phc.ts'
import { createSafeEqual, verifyArgon2 } from './password.ts'

/** Made with the reference implementation's command line tool (Debian package argon2, 0~20171227). */
const VECTORS: readonly (readonly [password: string, phc: string])[] = [
  ['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['password', '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
  ['password', '$argon2id$v=19$m=4096,t=1,p=4$c29tZXNhbHRzb21lc2FsdA$5cwTq35cUoVrxaMwk4PvfA'],
  [
    'pass:wörd',
    '$argon2id$v=19$m=64,t=4,p=1$ZGlmZnNhbHQ$zOh+8LR+q3jYlENGpALpiYll3JI397AJlv8KlrdEB90FNhbC6h20D65IbTalfEwL1H47juDMl3R7VUSXM/tpCA',
  ],
  ['a', '$argon2id$v=19$m=65536,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$Axl94RGUBGp8UwpmgdDo9BeGteGeKQSAt84DAxsT0A0'],
  ['  blanks  ', '$argon2id$v=19$m=1024,t=3,p=3$c2FsdC13aXRoLWRhc2g$Ew18eZzO91Kwn/qtJCJz+MjgSlZE51Bo'],
  [
    'correct horse battery staple',
    '$argon2id$v=19$m=16384,t=2,p=1$c2FsdHNhbHQ$GrWRyjdeWPW6XRG0yp8vsdTX2tUpC+Hb5lD5v/ekui4',
  ],
  ['password', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8'],
  ['password', '$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHQ$T/XOJ2mh1/TIpJHfCdQan76Q5esCFVoT5MAeIM1Oq2E'],
  ['password', '$argon2i$v=19$m=4096,t=1,p=4$c29tZXNhbHRzb21lc2FsdA$RTLl9RSPaCeV+5x7ZYqiHA'],
  [
    'pass:wörd',
    '$argon2i$v=19$m=64,t=4,p=1$ZGlmZnNhbHQ$rBykwkKGbaHnjZZ9fbW5jghd2hWHkBZJn3KedFoWGpKOhOGX4amodogbtqYgyT6Rypx1GXprR3eL7Jhoal0cUw',
  ],
  ['a', '$argon2i$v=19$m=65536,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$qw8fgAMv/qdCGQW+b+cWlI1cWZqz5emNVCWVI8gcW00'],
  ['  blanks  ', '$argon2i$v=19$m=1024,t=3,p=3$c2FsdC13aXRoLWRhc2g$RKxN6/IVmHwNsAfa3L7GFgzlK2fzzMJR'],
  [
    'correct horse battery staple',
    '$argon2i$v=19$m=16384,t=2,p=1$c2FsdHNhbHQ$TCc9nozk9SC5u9XBsKDeOj2YKxM2tBjam/ryPyK4Lsg',
  ],
  ['password', '$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$JcTui6RIBUtJ78gE5Hi52CO+H5vS6Z9R1uxAB6OhUB8'],
  ['password', '$argon2d$v=19$m=256,t=2,p=2$c29tZXNhbHQ$e2nJLXw4iarRKB28i678Esw3yA8cdeM+8sLUDCjrxXM'],
  ['password', '$argon2d$v=19$m=4096,t=1,p=4$c29tZXNhbHRzb21lc2FsdA$EYwY2VaOYrm8M0bj1xnfnw'],
  [
    'pass:wörd',
    '$argon2d$v=19$m=64,t=4,p=1$ZGlmZnNhbHQ$7MTrjToWwiU5Y6ECbO47OjUmlkv3wyHZ9Q3FTEM3qO76SiCReVvtmSzSP6RnBxtXeDHjr0Zr6G3iqagcwep5mA',
  ],
  ['a', '$argon2d$v=19$m=65536,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$xu/ovbXKLypCabwSlhapQ6rTp0WF0CSx3mIEju+Ejt0'],
  ['  blanks  ', '$argon2d$v=19$m=1024,t=3,p=3$c2FsdC13aXRoLWRhc2g$NMhybY9WGxIAJdsHv8FekSebyKaZwxaU'],
  [
    'correct horse battery staple',
    '$argon2d$v=19$m=16384,t=2,p=1$c2FsdHNhbHQ$aH01vI2t9Wrepk0E9RfEFU8WNBA+vChqwjkv6dVUmKU',
  ],
]

test('A3: hashes of the reference implementation verify, with the version written and left out', async (t) => {
  for (const [password, phc] of VECTORS)
    for (const text of [phc, phc.replace('$v=19', '')]) {
      const parsed = parsePhc(text)
      assert.ok(parsed.ok, text)
      assert.equal(await verifyArgon2(parsed, Buffer.from(password)), true, text)
      assert.equal(await verifyArgon2(parsed, Buffer.from(`${password} `)), false, text)
    }
  t.diagnostic(`${VECTORS.length * 2} strings`)
})

test('A4: bytes are compared whatever their lengths are', () => {
  const equal = createSafeEqual()
  const bytes = (text: string) => Buffer.from(text)
  assert.equal(equal(bytes('secret'), bytes('secret')), true)
  for (const other of ['', 's', 'secre', 'secret ', 'Secret', 'secret\0'])
    assert.equal(equal(bytes('secret'), bytes(other)), false)
})
