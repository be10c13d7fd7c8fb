import { createRoute } from '@hono/zod-openapi'
import { SyncError } from '../core/errors.ts'
import { Secret } from '../core/types.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, routeGroup } from './answers.ts'
import { checkAccount } from './checks.ts'
import { checkConnection } from './connection.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { redactUrl, shownError } from './redact.ts'
import { jsonBody } from './request-body.ts'
import { DiscoverResponseSchema, DiscoverSchema } from './server-schemas.ts'

/** Looks under way at once: each may hold connections to a server for minutes. */
const MOST_AT_ONCE = 4
const PATIENCE_MS = 120_000

const discoverRoute = createRoute({
  method: 'post',
  path: '/api/discover',
  operationId: 'discoverCalendars',
  tags: ['servers'],
  summary: 'Look at an account step by step: what answers, what it holds, and what is wrong; nothing is kept',
  middleware: [jsonBody(DiscoverSchema)] as const,
  request: { body: jsonRequest(DiscoverSchema) },
  responses: {
    200: jsonContent(DiscoverResponseSchema, 'What was found, also where a step failed'),
    ...bodyErrors,
    ...anyErrors,
  },
})

export function discoverRoutes({ diagnose }: AppDeps) {
  let underWay = 0
  const routes = routeGroup().openapi(discoverRoute, async (c) => {
    const { caldav_url, username, password, connection, test_write } = c.req.valid('json')
    checkAccount({ caldav_url, username }, password)
    const account = {
      url: caldav_url,
      username,
      password: new Secret(password),
      connection: connection ? checkConnection('connection', connection, null) : null,
    }
    if (underWay >= MOST_AT_ONCE) {
      throw new ApiError(429, 'Four servers are being looked at already; try again when one of them is done')
    }
    underWay += 1
    try {
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(PATIENCE_MS)])
      const found = await diagnose(account, test_write, signal)
      const { calendars, software, features } = found
      const stages = found.stages.map((stage) => ({ ...stage, message: shownError(stage.message) }))
      const failed = stages.find(({ state }) => state === 'failed')
      const shown = calendars.map(({ url, components, reports, privileges, ...rest }) => ({
        ...rest,
        url: redactUrl(url),
        components: components && [...components],
        reports: [...reports],
        privileges: [...privileges],
      }))
      const message =
        failed?.message ?? `Found ${calendars.length} ${calendars.length === 1 ? 'calendar' : 'calendars'}`
      return c.json(
        {
          status: 'success' as const,
          message,
          ok: !failed,
          software,
          features: [...features],
          stages,
          calendars: shown,
        },
        200,
      )
    } catch (thrown) {
      if (!(thrown instanceof SyncError) || thrown.kind !== 'aborted') throw thrown
      throw new ApiError(
        500,
        'The server took too long to be looked at; try again, or enter the address of one calendar',
      )
    } finally {
      underWay -= 1
    }
  })
  routes.all('/api/discover', methodNotAllowed('POST'))
  return routes
}
