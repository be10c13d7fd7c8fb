import { createRoute } from '@hono/zod-openapi'
import { SyncError } from '../core/errors.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { shownError } from './redact.ts'
import { jsonBody } from './request-body.ts'
import { InspectResponseSchema, InspectSchema } from './run-schemas.ts'
import { ErrorResponseSchema } from './schema-basics.ts'
import { problemView } from './views.ts'

/** Of very many findings the first are shown; `counts.findings` is their number. */
const SHOWN_FINDINGS = 200

const inspectRoute = createRoute({
  method: 'post',
  path: '/api/inspect',
  operationId: 'inspectFeed',
  tags: ['destinations'],
  summary: 'What a feed holds: counts, span, zones, findings; nothing is kept',
  middleware: [jsonBody(InspectSchema)] as const,
  request: { body: jsonRequest(InspectSchema) },
  responses: {
    200: jsonContent(InspectResponseSchema, 'What was found'),
    ...bodyErrors,
    ...anyErrors,
    500: jsonContent(ErrorResponseSchema, 'The feed could not be read; the message says why'),
  },
})

export function inspectRoutes({ inspect }: AppDeps) {
  const routes = routeGroup().openapi(inspectRoute, async (c) => {
    const { ics_url, text } = c.req.valid('json')
    if ((ics_url === undefined) === (text === undefined)) throw new ApiError(400, 'Give either ics_url or text')
    const request = text === undefined ? { url: ics_url ?? '' } : { text }
    const found = await inspect(request, c.req.raw.signal).catch((thrown: unknown) => {
      throw thrown instanceof SyncError ? new ApiError(500, shownError(thrown.message)) : thrown
    })
    const { counts, zones, findings, last_end, preview, ...rest } = found
    const feed = {
      ...rest,
      counts: { ...counts, findings: findings.length },
      last_end: last_end === null ? null : new Date(last_end).toISOString(),
      zones: [...zones],
      preview: preview.map((event) => ({ ...event, starts_at: new Date(event.starts_at).toISOString() })),
      findings: findings.slice(0, SHOWN_FINDINGS).map(problemView),
    }
    const { objects } = counts
    const message = `The feed holds ${objects} ${objects === 1 ? 'event' : 'events'}, of which ${counts.recurring} repeat`
    return c.json({ status: 'success' as const, message, feed }, 200)
  })
  routes.all('/api/inspect', methodNotAllowed('POST'))
  return routes
}
