/**
 * Headers that stand on every answer. No page of ours may be framed, sniffed into another type, or read by another
 * origin, and nothing but our own files may be loaded.
 */
const BASE_POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'self'; ${BASE_POLICY}`,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Policy of a page of ours. Styles may be inline, because both the dashboard's and Swagger's components write them at
 * run time; scripts only where their hash is given (`sha256-…`, without quotes).
 */
export function pagePolicy(scriptHashes: readonly string[]): string {
  const scripts = ["'self'", ...scriptHashes.map((hash) => `'${hash}'`)].join(' ')
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    BASE_POLICY,
  ].join('; ')
}

/** What a hot-reloading UI server behind SERVER_PROXY_URL can live with: it evaluates code and opens websockets. */
export const PROXIED_POLICY = BASE_POLICY

/** Adds what the answer does not state itself. */
export function addSecurityHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!headers.has(name)) headers.set(name, value)
}

/** An answer made outside the routes, with the headers every answer carries. A text body has no content type unless given. */
export function plainAnswer(
  status: number,
  body: string | null,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const bytes = body === null ? null : new TextEncoder().encode(body)
  return new Response(bytes, { status, headers: { ...SECURITY_HEADERS, ...headers } })
}
