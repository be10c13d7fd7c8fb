import type { CalendarList, FoundCalendar } from './types.ts'

/** A calendar that may be ticked. */
export interface Choosable {
  readonly url: string
  readonly name: string
  readonly color: string | null
  /** Null: not known. */
  readonly events: number | null
  /** It was chosen, but the server no longer names it. */
  readonly gone: boolean
}

/** What two spellings of one calendar's address have in common. */
export function calendarKey(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return url
  return `${parsed.origin}${decoded(parsed.pathname).replace(/\/+$/, '')}`
}

/**
 * What there is to choose from: what a look at the account has found (null: nobody has looked), else what was last
 * read; and what is chosen in any case, so that nothing that is chosen is out of sight.
 */
export function choosable(
  known: CalendarList['calendars'],
  found: readonly FoundCalendar[] | null,
  chosen: readonly string[] | null,
): Choosable[] {
  const listed = (found?.filter(holdsEvents) ?? known).map(
    ({ url, display_name, color, events }): Choosable => ({ url, name: display_name, color, events, gone: false }),
  )
  const keys = new Set(listed.map(({ url }) => calendarKey(url)))
  const unseen = (chosen ?? []).filter((url) => !keys.has(calendarKey(url)))
  return [
    ...listed,
    ...unseen.map((url) => ({ url, name: lastPart(url), color: null, events: null, gone: found !== null })),
  ]
}

function holdsEvents({ components }: FoundCalendar): boolean {
  return components === null || components.includes('VEVENT')
}

function lastPart(url: string): string {
  return calendarKey(url).split('/').at(-1) || url
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
