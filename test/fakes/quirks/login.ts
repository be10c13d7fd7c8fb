import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { PASSWORD, type ServerKind, USERNAME } from './kind.ts'

const NONCE = 'f00d5eed'
const REALM = 'SabreDAV'
const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex')

/** The challenge where the login is missing or wrong (Baikal: MD5, one nonce for ever); null: it is right. */
export function challenge(kind: ServerKind, method: string, headers: IncomingMessage['headers']): string | null {
  const given = headers.authorization ?? ''
  if (kind.login === 'basic') {
    const right = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`, 'utf8').toString('base64')}`
    return given === right ? null : 'Basic realm="fake", charset="UTF-8"'
  }
  const part = (name: string) => new RegExp(`${name}="?([^",]*)"?`).exec(given)?.[1] ?? ''
  const secret = md5(`${USERNAME}:${REALM}:${PASSWORD}`)
  const asked = md5(`${method}:${part('uri')}`)
  const right = md5([secret, NONCE, part('nc'), part('cnonce'), 'auth', asked].join(':'))
  return /^Digest /.test(given) && part(' response') === right
    ? null
    : `Digest realm="${REALM}",qop="auth",nonce="${NONCE}",opaque="${md5(REALM)}"`
}
