import { event as texts } from '../texts.ts'
import type { Instance } from './types.ts'

type Times = Pick<Instance, 'start' | 'end' | 'starts_at' | 'ends_at' | 'all_day' | 'zone'>

/** How the reader writes times, and where the reader is; absent: as the browser says. */
interface Reader {
  readonly locale?: string
  readonly zone?: string
}

interface When {
  /** On the event's own clock. */
  readonly own: string
  /** On the reader's clock; null where that shows the same. */
  readonly here: string | null
}

const dayMs = 86_400_000
const days = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const hours = { ...days, hour: 'numeric', minute: '2-digit' } as const

/** When an event is, for people: on its own clock, and on the reader's where the two differ. */
export function whenOf(times: Times, { locale, zone }: Reader = {}): When {
  const [start, end] = [wall(times.start), wall(times.end)]
  if (times.all_day) {
    const format = new Intl.DateTimeFormat(locale, { ...days, timeZone: 'UTC' })
    // The end is exclusive: a day ends with itself.
    return { own: format.formatRange(start, Math.max(start, end - dayMs)), here: null }
  }
  const ownClock = new Intl.DateTimeFormat(locale, { ...hours, timeZone: 'UTC' })
  const own = ownClock.formatRange(start, Math.max(start, end))
  if (times.zone === null) return { own: texts.sameHour(own), here: null }
  const [from, to] = [Date.parse(times.starts_at), Date.parse(times.ends_at)]
  const here = new Intl.DateTimeFormat(locale, { ...hours, timeZone: zone }).formatRange(from, Math.max(from, to))
  return { own: texts.zone(own, times.zone), here: here === own ? null : here }
}

/** What a clock on the wall shows, as if it stood in UTC. */
function wall(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`)
}
