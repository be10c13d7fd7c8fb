import { decodeCalendarBytes } from '../core/ical/decode.ts'
import { inspectCalendar } from '../core/ical/inspect.ts'
import { readCalendar } from '../core/ical/objects.ts'
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

function decoded(
  bytes: Uint8Array,
  charset: string | null,
  cheap: boolean | null,
  deps: Pick<EngineDeps, 'defaultZone'>,
): InspectedFeed {
  const { text, findings } = decodeCalendarBytes(bytes, charset)
  const inspected = told(text, cheap, deps)
  return { ...inspected, findings: [...findings, ...inspected.findings] }
}

function told(text: string, cheap: boolean | null, { defaultZone }: Pick<EngineDeps, 'defaultZone'>): InspectedFeed {
  return { ...inspectCalendar(readCalendar(text), { defaultZone }), size: text.length, cheap_to_poll: cheap }
}
