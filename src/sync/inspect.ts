import { decodeCalendarBytes } from '../core/ical/decode.ts'
import { inspectCalendar } from '../core/ical/inspect.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { listInstances } from '../core/instances.ts'
import { refuseOtherThings } from '../protocol/feed.ts'
import { anyFeed } from './any-feed.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { InspectedFeed, InspectRequest } from './types.ts'

/** Looks at a feed without keeping anything of it. Throws SyncError for what is no whole calendar. */
export async function inspectFeed(
  request: InspectRequest,
  deps: EngineDeps,
  signal: AbortSignal,
): Promise<InspectedFeed> {
  if ('text' in request) return told(request.text, null, deps)
  if ('bytes' in request) {
    refuseOtherThings(request.bytes, null, 'The file', 'Choose the calendar file itself')
    return decoded(request.bytes, null, null, deps)
  }
  const answer = await anyFeed({ url: request.url, etag: null, lastModified: null }, deps, signal)
  if (answer.kind === 'not-modified') throw new Error('A download without validators cannot be "not modified"')
  const cheap = answer.etag !== null || answer.lastModified !== null
  return decoded(answer.bytes, answer.charset, cheap, deps)
}

function decoded(bytes: Uint8Array, charset: string | null, cheap: boolean | null, deps: Told): InspectedFeed {
  const { text, findings } = decodeCalendarBytes(bytes, charset)
  const inspected = told(text, cheap, deps)
  return { ...inspected, findings: [...findings, ...inspected.findings] }
}

type Told = Pick<EngineDeps, 'defaultZone' | 'clock'>

function told(text: string, cheap: boolean | null, { defaultZone, clock }: Told): InspectedFeed {
  const calendar = readCalendar(text)
  const inspection = inspectCalendar(calendar, { defaultZone })
  return {
    ...inspection,
    size: text.length,
    cheap_to_poll: cheap,
    preview: previewOf(calendar.objects, defaultZone, clock.now()),
  }
}

const PREVIEWED = 8
const YEAR_MS = 366 * 24 * 60 * 60_000

function previewOf(objects: readonly CalendarObject[], defaultZone: string, now: number): InspectedFeed['preview'] {
  const within = (from: number, to: number, most: number) =>
    listInstances(objects, { from, to, most, defaultZone }).instances
  const next = within(now, now + YEAR_MS, PREVIEWED)
  const shown = next.length > 0 ? next : within(now - 10 * YEAR_MS, now, 5_000).slice(-PREVIEWED)
  return shown.map(({ summary, start, starts_at, all_day, recurring }) => ({
    summary,
    start,
    starts_at,
    all_day,
    recurring,
  }))
}
