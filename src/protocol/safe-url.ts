/** The URL without user info, query and fragment, for messages and logs: those parts may hold secrets. */
export function safeUrl(url: string | URL): string {
  const parsed = URL.parse(String(url))
  return parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : '(not a URL)'
}
