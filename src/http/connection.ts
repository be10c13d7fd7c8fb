/** The connection options of an item: what is accepted, what is kept, and what of them is shown. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { z } from '@hono/zod-openapi'
import type { Connection } from '../core/connection.ts'
import { Secret } from '../core/types.ts'
import { isSameServer } from './checks.ts'
import { ApiError } from './errors.ts'
import { MASK } from './redact.ts'
import type { ConnectionSchema, ConnectionViewSchema } from './schemas.ts'

type Given = z.infer<typeof ConnectionSchema>

const MOST_HEADERS = 20
const LONGEST_VALUE = 8192

/** Headers that carry the request itself; another value would break it, or say something of another message. */
const OUR_HEADERS =
  /^(accept|accept-encoding|connection|content-.*|cookie2?|date|depth|destination|expect|host|if-.*|keep-alive|overwrite|proxy-.*|schedule-reply|te|trailer|transfer-encoding|upgrade|user-agent)$/

/**
 * What is to be stored: a value given as it is shown (`***`) keeps its stored secret. Null: nothing special. Throws
 * ApiError 400 that names the field.
 */
export function checkConnection(field: string, given: Given, stored: Connection | null): Connection | null {
  const connection: Connection = {
    auth_method: given.auth_method ?? 'password',
    user_agent: blankIsNull(given.user_agent),
    headers: checkHeaders(`${field}.headers`, given.headers ?? {}, stored),
    ca_certificate: blankIsNull(given.ca_certificate),
    client_certificate: blankIsNull(given.client_certificate),
    client_key: keyOf(`${field}.client_key`, blankIsNull(given.client_key), stored),
  }
  const { user_agent, ca_certificate } = connection
  if (user_agent !== null) demandValue(`${field}.user_agent`, 'user-agent', user_agent)
  if (ca_certificate !== null) certificates(`${field}.ca_certificate`, ca_certificate)
  demandPair(field, connection)
  return isPlain(connection) ? null : connection
}

/** What an item has now: its address (`label` says which), and how that is reached. */
interface Reached {
  readonly label: string
  readonly url: string
  readonly connection: Connection | null | undefined
}

/**
 * What is to be stored on update: absent keeps it. Throws ApiError 400 where stored secrets would be sent to another
 * server than the one they were entered for.
 */
export function updateConnection(
  field: string,
  given: Given | null | undefined,
  before: Reached,
  url: string,
): Connection | null {
  const stored = before.connection ?? null
  if (!isSameServer(url, before.url) && relies(given, stored)) {
    throw new ApiError(
      400,
      `${before.label} now points to another server; enter ${field} again, so that its secrets are not sent there unasked`,
    )
  }
  return given == null ? stored : checkConnection(field, given, stored)
}

function relies(given: Given | null | undefined, stored: Connection | null): boolean {
  if (stored === null) return false
  if (given == null) return stored.client_key !== null || Object.keys(stored.headers).length > 0
  return given.client_key === MASK || Object.values(given.headers ?? {}).includes(MASK)
}

/** Without its secrets; null where there is nothing special. */
export function connectionView(connection: Connection | null | undefined): z.infer<typeof ConnectionViewSchema> | null {
  if (connection == null) return null
  return {
    ...connection,
    headers: Object.fromEntries(Object.keys(connection.headers).map((name) => [name, MASK])),
    client_key: connection.client_key === null ? null : MASK,
  }
}

function checkHeaders(field: string, given: Readonly<Record<string, string>>, stored: Connection | null) {
  const headers: Record<string, Secret> = {}
  const entries = Object.entries(given)
  if (entries.length > MOST_HEADERS) throw new ApiError(400, `${field} may hold ${MOST_HEADERS} headers at most`)
  for (const [given, value] of entries) {
    const name = given.trim().toLowerCase()
    try {
      validateHeaderName(name)
    } catch {
      throw new ApiError(400, `${field}: "${given.slice(0, 40)}" is no header name; use letters, digits and hyphens`)
    }
    if (OUR_HEADERS.test(name)) throw new ApiError(400, `${field}: ${name} is set by the service itself; leave it out`)
    const kept = value === MASK ? stored?.headers[name] : new Secret(value)
    if (kept === undefined) throw new ApiError(400, `${field}: enter the value of ${name} instead of ${MASK}`)
    demandValue(`${field}: ${name}`, name, kept.reveal())
    headers[name] = kept
  }
  return headers
}

function demandValue(field: string, name: string, value: string): void {
  try {
    validateHeaderValue(name, value)
  } catch {
    throw new ApiError(400, `${field} must not contain line breaks, control characters or characters beyond Latin-1`)
  }
  if (value.length > LONGEST_VALUE)
    throw new ApiError(400, `${field} must not be longer than ${LONGEST_VALUE} characters`)
}

function keyOf(field: string, given: string | null, stored: Connection | null): Secret | null {
  if (given === null) return null
  if (given !== MASK) return new Secret(given)
  if (stored?.client_key) return stored.client_key
  throw new ApiError(400, `${field}: enter the key instead of ${MASK}`)
}

function demandPair(field: string, { client_certificate, client_key }: Connection): void {
  if (client_certificate === null && client_key === null) return
  if (client_certificate === null || client_key === null) {
    const missing = client_certificate === null ? 'client_certificate' : 'client_key'
    throw new ApiError(400, `${field}.${missing} is missing; a client certificate works only together with its key`)
  }
  const [own] = certificates(`${field}.client_certificate`, client_certificate)
  let key: KeyObject
  try {
    key = createPrivateKey(client_key.reveal())
  } catch {
    throw new ApiError(
      400,
      `${field}.client_key is not a private key in PEM without a passphrase; export it as -----BEGIN PRIVATE KEY-----`,
    )
  }
  if (own?.checkPrivateKey(key)) return
  throw new ApiError(400, `${field}.client_key does not belong to the first certificate of ${field}.client_certificate`)
}

function certificates(field: string, pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    const found = blocks.map((block) => new X509Certificate(block))
    if (found.length > 0) return found
  } catch {
    // Told below, as for a text without any.
  }
  throw new ApiError(
    400,
    `${field} is not a certificate in PEM; paste the whole text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----`,
  )
}

function blankIsNull(text: string | null | undefined): string | null {
  return text == null || text.trim() === '' ? null : text
}

function isPlain({ auth_method, headers, ...rest }: Connection): boolean {
  const others = Object.values(rest).every((value) => value === null)
  return auth_method === 'password' && Object.keys(headers).length === 0 && others
}
