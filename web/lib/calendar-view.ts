import { event as eventTexts, calendar as texts } from '../texts.ts'
import type { Instance, ShownKind } from './types.ts'

export const calendarViews = ['month', 'week', 'list'] as const
export type CalendarView = (typeof calendarViews)[number]

export const shownKinds = ['source', 'link', 'destination'] as const satisfies readonly ShownKind[]

/** What the address of the page names. */
export interface Chosen {
  readonly kind: ShownKind
  readonly id: number
}

/** `source-3`, as an address and a list of choices name it; null for anything else. */
export function chosenOf(kind: string | null, id: string | null): Chosen | null {
  const found = shownKinds.find((each) => each === kind)
  return found !== undefined && /^[1-9]\d{0,14}$/.test(id ?? '') ? { kind: found, id: Number(id) } : null
}

export function viewOf(text: string | null): CalendarView | null {
  return calendarViews.find((view) => view === text) ?? null
}

/** One event as the calendar draws it. */
interface DrawnEvent {
  readonly id: string
  readonly title: string
  readonly start: string
  readonly end: string
  readonly allDay: boolean
}

/** The same for one instance of one event, and for no other. */
export function keyOf({ uid, start }: Instance): string {
  return `${start} ${uid}`
}

/**
 * What the calendar draws: all-day events on their dates, floating ones at their hour, all others at their moment,
 * which it shows on the reader's clock.
 */
export function drawn(instance: Instance): DrawnEvent {
  const { summary, status, start, end, starts_at, ends_at, all_day, zone } = instance
  const ownClock = all_day || zone === null
  const word = new Map<string, string>(Object.entries(texts.status)).get(status)
  const title = summary === '' ? eventTexts.untitled : summary
  return {
    id: keyOf(instance),
    title: word === undefined ? title : `${title} (${word})`,
    start: ownClock ? start : starts_at,
    end: ownClock ? end : ends_at,
    allDay: all_day,
  }
}

const dayMs = 86_400_000

/** What is asked for to fill a span: a day more at each end, since days begin elsewhere at other hours. */
export function askedSpan(start: Date, end: Date): { from: string; to: string } {
  return { from: new Date(start.getTime() - dayMs).toISOString(), to: new Date(end.getTime() + dayMs).toISOString() }
}

/** The day a week begins with where the reader lives; 0 is Sunday. */
export function firstDayOf(locale: string): number {
  try {
    return new Intl.Locale(locale).getWeekInfo().firstDay % 7
  } catch {
    // A browser that does not know it yet: ISO 8601 begins with Monday.
    return 1
  }
}
