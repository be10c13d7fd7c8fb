import { createRoute } from '@hono/zod-openapi'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { OverviewSchema } from './overview-schemas.ts'
import { shownError } from './redact.ts'
import { iso, isoOrNull } from './views.ts'

/** As many bars as a strip has. */
const RUNS_OF_EACH = 30
/** With thousands of items the strips get shorter, so that the answer stays one of a few megabytes at most. */
const MOST_RUNS = 6000
const DAYS = 14
const DAY_MS = 24 * 60 * 60_000

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
    const runs = store.activity.recent(RUNS_OF_EACH, MOST_RUNS).map(({ failure_kind, ...run }) => ({
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
