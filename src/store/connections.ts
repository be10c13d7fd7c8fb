import { AUTH_METHODS, type Connection } from '../core/connection.ts'
import { Secret } from '../core/types.ts'

/** A connection as its column holds it: JSON with its secrets. */
export function connectionText(connection: Connection | null): string | null {
  if (connection === null) return null
  const { headers, client_key, ...rest } = connection
  const values = Object.entries(headers).map(([name, value]) => [name, value.reveal()])
  return JSON.stringify({ ...rest, headers: Object.fromEntries(values), client_key: client_key?.reveal() ?? null })
}

/** `connectionText` read back; null for an empty column. What somebody else has put there and is no JSON is an error. */
export function toConnection(text: string | null): Connection | null {
  if (text === null) return null
  const stored = JSON.parse(text) as Record<keyof Connection, unknown>
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
  const key = textOf(stored.client_key)
  return {
    auth_method: AUTH_METHODS.find((word) => word === stored.auth_method) ?? 'password',
    user_agent: textOf(stored.user_agent),
    headers: Object.fromEntries(
      Object.entries(stored.headers ?? {}).map(([name, value]) => [name, new Secret(String(value))]),
    ),
    ca_certificate: textOf(stored.ca_certificate),
    client_certificate: textOf(stored.client_certificate),
    client_key: key === null ? null : new Secret(key),
  }
}
