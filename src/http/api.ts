import { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import { routeGroup } from './answers.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { destinationActionRoutes } from './destination-actions.ts'
import { destinationRoutes } from './destinations.ts'
import { discoverRoutes } from './discover.ts'
import { answerError } from './errors.ts'
import { eventRoutes } from './events.ts'
import { requestPath } from './gate.ts'
import { healthRoutes } from './health.ts'
import { importRoutes } from './imports.ts'
import { inspectRoutes } from './inspect.ts'
import { linkRoutes } from './links.ts'
import { openApiRoutes } from './openapi.ts'
import { overviewRoutes } from './overview.ts'
import { ruleRoutes } from './rules.ts'
import { runRoutes } from './runs.ts'
import { serverRoutes } from './servers.ts'
import { shownRoutes } from './shown.ts'
import { sourcePathRoutes } from './source-paths.ts'
import { sourceRoutes } from './sources.ts'
import { swaggerRoutes } from './swagger.ts'
import { systemRoutes } from './system.ts'
import { transferRoutes } from './transfer.ts'

/** The REST routes alone: their type is what the dashboard's client is made from. */
function apiRoutes(deps: AppDeps) {
  return (
    routeGroup()
      .route('/', healthRoutes(deps))
      .route('/', sourceRoutes(deps))
      .route('/', sourcePathRoutes(deps))
      .route('/', linkRoutes(deps))
      .route('/', ruleRoutes(deps))
      .route('/', shownRoutes(deps))
      // Its path without an id comes before those with one.
      .route('/', destinationActionRoutes(deps))
      .route('/', destinationRoutes(deps))
      .route('/', runRoutes(deps))
      .route('/', eventRoutes(deps))
      .route('/', inspectRoutes(deps))
      .route('/', importRoutes(deps))
      .route('/', serverRoutes(deps))
      .route('/', discoverRoutes(deps))
      .route('/', overviewRoutes(deps))
      .route('/', systemRoutes(deps))
      .route('/', transferRoutes(deps))
  )
}

/** Everything below `/api`, with its document and Swagger UI. The caller has let the request through its gate. */
export function createApi(deps: AppDeps): Hono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ getPath: requestPath })
  app.onError((thrown, c) => answerError(thrown, c, deps.log))
  const api = apiRoutes(deps)
  app.route('/', api)
  app.route('/', openApiRoutes(api, deps))
  app.route('/', swaggerRoutes(deps))
  app.notFound((c) => c.json({ status: 'error', message: `There is nothing at ${c.req.path}` }, 404))
  return app
}
