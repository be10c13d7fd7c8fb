/** Host and port of a URL in lower case, or null where the text is no URL. */
export function hostOf(text: string): string | null {
  const url = URL.parse(text.trim())
  return url === null || url.host === '' ? null : url.host.toLowerCase()
}

/** The address of a feed under `base` (`/ics`, `/ics/public`); each segment of the path is encoded, slashes stay. */
export function feedUrl(origin: string, base: '/ics' | '/ics/public', path: string): string {
  return `${origin}${base}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** True where `now` names another server than `before`; what is no URL yet is not compared. */
export function serverChanged(before: string, now: string): boolean {
  const host = hostOf(now)
  return host !== null && host !== hostOf(before)
}
