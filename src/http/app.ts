import { OpenAPIHono } from '@hono/zod-openapi'
import { routeGroup } from './answers.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { destinationActionRoutes } from './destination-actions.ts'
import { destinationRoutes } from './destinations.ts'
import { discoverRoutes } from './discover.ts'
import { answerError } from './errors.ts'
import { eventRoutes } from './events.ts'
import { feedRoutes } from './feeds.ts'
import { createGate, requestPath } from './gate.ts'
import { healthRoutes } from './health.ts'
import { importRoutes } from './imports.ts'
import { inspectRoutes } from './inspect.ts'
import { linkRoutes } from './links.ts'
import { openApiRoutes } from './openapi.ts'
import { overviewRoutes } from './overview.ts'
import { createProxy } from './proxy.ts'
import { ruleRoutes } from './rules.ts'
import { runRoutes } from './runs.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serverRoutes } from './servers.ts'
import { shownRoutes } from './shown.ts'
import { sourcePathRoutes } from './source-paths.ts'
import { sourceRoutes } from './sources.ts'
import { createDashboard } from './static.ts'
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

/**
 * The whole user-facing service as one function from request to answer. The gate comes first; feeds follow at once,
 * ahead of everything slower, with all their headers; then the API; what is left is the dashboard's.
 */
export function createApp(deps: AppDeps): OpenAPIHono<AppEnv> {
  const { settings, log } = deps
  const app = new OpenAPIHono<AppEnv>({ getPath: requestPath })
  app.onError((thrown, c) => answerError(thrown, c, log))
  app.use(createGate(deps))
  app.route('/', feedRoutes(deps))
  app.use(async (c, next) => {
    await next()
    addSecurityHeaders(c.res.headers)
  })

  const api = apiRoutes(deps)
  app.route('/', api)
  app.route('/', openApiRoutes(api, deps))
  app.route('/', swaggerRoutes(deps))
  for (const path of ['/api', '/api/*', '/metrics'])
    app.all(path, (c) => c.json({ status: 'error', message: `There is nothing at ${c.req.path}` }, 404))

  const dashboard = createDashboard(deps.webRoot)
  app.all('*', settings.proxyUrl === null ? dashboard : createProxy(deps, settings.proxyUrl, dashboard))
  return app
}
