import { decodeCalendarBytes } from '../core/ical/decode.ts'
import { inspectCalendar } from '../core/ical/inspect.ts'
import { readCalendar } from '../core/ical/objects.ts'
import type { EngineDeps } from './engine-deps.ts'
import { namedSource, sourceFeed } from './own-feeds.ts'
import type { InspectedFeed, InspectRequest } from './types.ts'

/** Looks at a feed without keeping anything of it. Throws SyncError for what is no whole calendar. */
export async function inspectFeed(
  request: InspectRequest,
  deps: EngineDeps,
  signal: AbortSignal,
): Promise<InspectedFeed> {
  if ('text' in request) return told(request.text, null, deps)
  const sourceId = namedSource(request.url)
  const answer =
    sourceId === null
      ? await deps.downloadFeed({ url: request.url, etag: null, lastModified: null }, signal)
      : sourceFeed(sourceId, null, deps)
  if (answer.kind === 'not-modified') throw new Error('A download without validators cannot be "not modified"')
  const { text, findings } = decodeCalendarBytes(answer.bytes, answer.charset)
  const inspected = told(text, answer.etag !== null || answer.lastModified !== null, deps)
  return { ...inspected, findings: [...findings, ...inspected.findings] }
}

function told(text: string, cheap: boolean | null, { defaultZone }: Pick<EngineDeps, 'defaultZone'>): InspectedFeed {
  return { ...inspectCalendar(readCalendar(text), { defaultZone }), size: text.length, cheap_to_poll: cheap }
}
