import { createRoute, z } from '@hono/zod-openapi'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { shownError } from './redact.ts'
import { RunSchema } from './run-schemas.ts'
import { count, id, moment } from './schema-basics.ts'
import { iso, isoOrNull } from './views.ts'

/** As many bars as a strip has. */
const RUNS_OF_EACH = 30
const DAYS = 14
const DAY_MS = 24 * 60 * 60_000

const { kind, item_id, started_at, finished_at, status, message } = RunSchema.shape

const OverviewSchema = z
  .object({
    runs: z
      .array(
        z.object({
          id,
          kind,
          item_id,
          started_at,
          finished_at,
          status,
          message,
          failure: z.string().nullable().openapi({ description: 'Kind of the failure' }),
          changes: count.openapi({ description: 'Events read anew, written or removed' }),
        }),
      )
      .openapi({ description: 'The last 30 runs of each item, oldest first' }),
    activity: z
      .array(z.object({ at: moment, status: z.string(), runs: count, changes: count }))
      .openapi({ description: 'Of the last 14 days, by quarters of an hour, each named by its beginning' }),
  })
  .openapi('Overview')

const overviewRoute = createRoute({
  method: 'get',
  path: '/api/overview',
  operationId: 'getOverview',
  tags: ['runs'],
  summary: 'What happened lately, in one answer',
  responses: { 200: jsonContent(OverviewSchema, 'Recent runs and counts'), ...anyErrors },
})

export function overviewRoutes({ store, clock }: AppDeps) {
  const routes = routeGroup().openapi(overviewRoute, (c) => {
    const runs = store.activity.recent(RUNS_OF_EACH).map(({ failure_kind, ...run }) => ({
      ...run,
      started_at: iso(run.started_at),
      finished_at: isoOrNull(run.finished_at),
      message: run.message === null ? null : shownError(run.message),
      failure: failure_kind,
    }))
    const activity = store.activity
      .since(clock.now() - DAYS * DAY_MS)
      .map(({ at, ...slot }) => ({ ...slot, at: iso(at) }))
    return c.json({ runs, activity }, 200)
  })
  routes.all('/api/overview', methodNotAllowed('GET, HEAD'))
  return routes
}
