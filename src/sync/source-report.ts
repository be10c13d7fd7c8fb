import type { RunReport } from '../core/runs.ts'
import type { Problem } from '../core/types.ts'
import { safeUrl } from '../protocol/safe-url.ts'
import type { KnownCalendar } from '../store/remote-types.ts'
import type { CalendarPart } from './calendar-part.ts'
import { failureOf, plural, reportOf } from './report.ts'

/** What a run of a source tells of itself. `gone`: calendars that left; `missing`: chosen ones that are not there. */
export function sourceReport(
  parts: readonly CalendarPart[],
  gone: readonly KnownCalendar[],
  missing: readonly string[],
  feed: { events: number; findings: readonly Problem[] },
  refused: Problem | null,
): RunReport {
  const failed = parts.filter((part) => part.failure !== null)
  const calendars = parts.length
  const problems: Problem[] = [
    ...failed.map(
      ({ known, failure }): Problem => ({
        code: 'calendar-unreadable',
        subject: known.displayName,
        message: `${known.displayName} could not be read, ${known.readAt === null ? 'and none of its events are known yet' : 'its last good events are kept'}: ${failure?.message ?? ''}`,
      }),
    ),
    ...parts.flatMap((part) => part.pulled?.unreadable ?? []),
    ...gone.map(
      (known): Problem => ({
        code: 'calendar-gone',
        subject: known.displayName,
        message: `${known.displayName} is no longer on the server and has left the feed.`,
        repaired: true,
      }),
    ),
    ...missing.map(
      (url): Problem => ({
        code: 'calendar-gone',
        subject: safeUrl(url),
        message: `The chosen calendar ${safeUrl(url)} is not on the server, and nothing of it is in the feed. Choose the calendars of this source anew.`,
      }),
    ),
    ...parts.flatMap((part) => part.pulled?.findings ?? []),
    ...feed.findings,
    ...(refused === null ? [] : [refused]),
  ]
  const unread = parts.flatMap((part) => part.pulled?.unreadable ?? [])
  let message = `Synchronized ${feed.events} events from ${calendars} calendars`
  if (failed.length > 0) {
    const names = failed.map(({ known, failure }) => `${known.displayName} (${failure?.message ?? ''})`).join('; ')
    message += `; kept the last good events of ${plural(failed.length, 'calendar')} that could not be read: ${names}`
  }
  if (unread.length > 0) message += `; ${plural(unread.length, 'event')} could not be read`
  if (refused !== null) message += `; ${refused.message}`
  const fetched = parts.reduce((sum, part) => sum + (part.pulled?.fetched ?? 0), 0)
  return reportOf({
    status: failed.length > 0 || unread.length > 0 || refused !== null ? 'partial' : 'ok',
    message,
    counts: { events: feed.events, calendars, fetched },
    problems,
    failure: failed[0]?.failure ? failureOf(failed[0].failure) : null,
  })
}
