/** What subscribers see of an item: its events, its feed as a file, and what was found in it. */
import { createRoute, z } from '@hono/zod-openapi'
import type { ShownKind } from '../sync/types.ts'
import { anyErrors, jsonContent, notFoundErrors, routeGroup } from './answers.ts'
import { attachedFileName } from './content-disposition.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { redactUrl } from './redact.ts'
import { idsFirst, toId } from './request-body.ts'
import { idText } from './schema-basics.ts'
import { CalendarListSchema, EventDetailsSchema, FindingListSchema, InstanceListSchema } from './shown-schemas.ts'
import { iso, isoOrNull, problemView } from './views.ts'

const DAY_MS = 86_400_000
const USUAL_SPAN_MS = 31 * DAY_MS
const LONGEST_SPAN_MS = 10 * 366 * DAY_MS
const MOST_INSTANCES = 5_000

const params = z.object({ id: idText })
const time = z.string().openapi({ example: '2026-03-01', description: 'A date, or a date and time with its offset' })
const query = z.object({ from: time.optional(), to: time.optional() })

function eventsRoute<K extends ShownKind>(kind: K) {
  return createRoute({
    method: 'get',
    path: `/api/${kind}s/{id}/events`,
    operationId: `list${titled(kind)}Events`,
    tags: [`${kind}s`],
    summary: `The events of a ${kind}, each instance by itself, as a subscriber sees them; the next 31 days if no span is named`,
    middleware: [idsFirst] as const,
    request: { params, query },
    responses: { 200: jsonContent(InstanceListSchema, 'By their start'), ...notFoundErrors, ...anyErrors },
  })
}

function downloadRoute<K extends ShownKind>(kind: K) {
  return createRoute({
    method: 'get',
    path: `/api/${kind}s/{id}/download`,
    operationId: `download${titled(kind)}`,
    tags: [`${kind}s`],
    summary:
      kind === 'destination' ? 'The events of the calendar, as last read, as a file' : 'The current feed as a file',
    middleware: [idsFirst] as const,
    request: { params },
    responses: {
      200: { description: 'An iCalendar file', content: { 'text/calendar': { schema: z.string() } } },
      ...notFoundErrors,
      ...anyErrors,
    },
  })
}

function detailsRoute<K extends ShownKind>(kind: K) {
  return createRoute({
    method: 'get',
    path: `/api/${kind}s/{id}/event`,
    operationId: `get${titled(kind)}Event`,
    tags: [`${kind}s`],
    summary: `One event of a ${kind} in full, and where it came from`,
    middleware: [idsFirst] as const,
    request: { params, query: z.object({ uid: z.string() }) },
    responses: { 200: jsonContent(EventDetailsSchema, 'The event'), ...notFoundErrors, ...anyErrors },
  })
}

function calendarsRoute<K extends 'source' | 'destination'>(kind: K) {
  return createRoute({
    method: 'get',
    path: `/api/${kind}s/{id}/calendars`,
    operationId: `list${titled(kind)}Calendars`,
    tags: [`${kind}s`],
    summary: `The calendars of a ${kind} as they were last read`,
    middleware: [idsFirst] as const,
    request: { params },
    responses: { 200: jsonContent(CalendarListSchema, 'May be empty'), ...notFoundErrors, ...anyErrors },
  })
}

const findingsRoute = createRoute({
  method: 'get',
  path: '/api/sources/{id}/findings',
  operationId: 'listSourceFindings',
  tags: ['sources'],
  summary: 'What there is to say about the stored events of a source; see docs/findings.md',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: jsonContent(FindingListSchema, 'The findings'), ...notFoundErrors, ...anyErrors },
})

function titled(kind: ShownKind): string {
  return kind[0]?.toUpperCase() + kind.slice(1)
}

export function shownRoutes({ store, shown, clock }: AppDeps) {
  function find(kind: ShownKind, id: string): { id: number; name: string } {
    const found = toId(id)
    const item = kind === 'link' ? store.links.get(found) : store[`${kind}s`].get(found)
    if (item === undefined) throw new ApiError(404, `${titled(kind)} not found`)
    return { id: found, name: item.name ?? 'calendar' }
  }

  function instances(kind: ShownKind, id: string, given: z.infer<typeof query>) {
    const item = find(kind, id)
    const from = given.from === undefined ? clock.now() : momentOf('from', given.from)
    const to = given.to === undefined ? from + USUAL_SPAN_MS : momentOf('to', given.to)
    if (to <= from) throw new ApiError(400, 'Failed to deserialize query string: to must be later than from')
    if (to - from > LONGEST_SPAN_MS) {
      throw new ApiError(400, 'Failed to deserialize query string: from and to are more than ten years apart')
    }
    const found = shown.instances(kind, item.id, { from, to, most: MOST_INSTANCES })
    return {
      from: iso(from),
      to: iso(to),
      events: found.instances.map((one) => ({ ...one, starts_at: iso(one.starts_at), ends_at: iso(one.ends_at) })),
      truncated: found.truncated,
      unsure: [...found.unsure],
    }
  }

  function download(kind: ShownKind, given: string): Response {
    const { id, name } = find(kind, given)
    const body = shown.download(kind, id)
    if (body === undefined) throw new ApiError(404, 'There is nothing to download yet; it is there after the first run')
    const headers = {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': attachedFileName(name, 'ics'),
      'cache-control': 'private, no-store',
    }
    return new Response(body as Uint8Array<ArrayBuffer>, { status: 200, headers })
  }

  function details(kind: ShownKind, given: string, uid: string) {
    const found = shown.details(kind, find(kind, given).id, uid)
    if (found === undefined)
      throw new ApiError(404, `The ${kind} has no event of this UID; it may have changed meanwhile`)
    return { ...found, categories: [...found.categories] }
  }

  function calendars(kind: 'source' | 'destination', given: string) {
    return store.remote.calendars(kind, find(kind, given).id).map(({ id, url, displayName, color, readAt }) => ({
      url: redactUrl(url),
      display_name: displayName,
      color,
      events: readAt === null ? 0 : store.remote.count(id),
      read_at: isoOrNull(readAt),
    }))
  }

  const routes = routeGroup()
    .openapi(detailsRoute('source'), (c) =>
      c.json(details('source', c.req.valid('param').id, c.req.valid('query').uid), 200),
    )
    .openapi(detailsRoute('link'), (c) =>
      c.json(details('link', c.req.valid('param').id, c.req.valid('query').uid), 200),
    )
    .openapi(detailsRoute('destination'), (c) =>
      c.json(details('destination', c.req.valid('param').id, c.req.valid('query').uid), 200),
    )
    .openapi(calendarsRoute('source'), (c) => c.json({ calendars: calendars('source', c.req.valid('param').id) }, 200))
    .openapi(calendarsRoute('destination'), (c) =>
      c.json({ calendars: calendars('destination', c.req.valid('param').id) }, 200),
    )
    .openapi(eventsRoute('source'), (c) =>
      c.json(instances('source', c.req.valid('param').id, c.req.valid('query')), 200),
    )
    .openapi(eventsRoute('link'), (c) => c.json(instances('link', c.req.valid('param').id, c.req.valid('query')), 200))
    .openapi(eventsRoute('destination'), (c) =>
      c.json(instances('destination', c.req.valid('param').id, c.req.valid('query')), 200),
    )
    .openapi(downloadRoute('source'), (c) => download('source', c.req.valid('param').id))
    .openapi(downloadRoute('link'), (c) => download('link', c.req.valid('param').id))
    .openapi(downloadRoute('destination'), (c) => download('destination', c.req.valid('param').id))
    .openapi(findingsRoute, (c) => {
      const { id } = find('source', c.req.valid('param').id)
      return c.json({ findings: shown.findings(id).map(problemView) }, 200)
    })
  for (const kind of ['sources', 'links', 'destinations']) {
    for (const part of ['events', 'event', 'download'])
      routes.all(`/api/${kind}/:id/${part}`, methodNotAllowed('GET, HEAD'))
  }
  for (const kind of ['sources', 'destinations'])
    routes.all(`/api/${kind}/:id/calendars`, methodNotAllowed('GET, HEAD'))
  routes.all('/api/sources/:id/findings', methodNotAllowed('GET, HEAD'))
  return routes
}

function momentOf(field: string, text: string): number {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const hasOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i.test(text)
  const moment = isDate || hasOffset ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(moment)) return moment
  throw new ApiError(
    400,
    `Failed to deserialize query string: ${field}: expected a date like 2026-03-01, or a time like 2026-03-01T08:30:00Z`,
  )
}
