import { Hono } from 'hono'
import type { AppDeps, AppEnv } from './deps.ts'
import { answerError } from './errors.ts'
import { createFastFeeds, type FastFeeds } from './fast-feeds.ts'
import { feedRoutes } from './feeds.ts'
import { createGate, requestPath } from './gate.ts'
import { createProxy } from './proxy.ts'
import { createRateLimiter } from './rate-limit.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { createDashboard } from './static.ts'

/**
 * The whole user-facing service as one function from request to answer. The gate comes first; feeds follow at once,
 * ahead of everything slower, with all their headers; then the API; what is left is the dashboard's.
 */
export function createApp(deps: AppDeps): Hono<AppEnv> & Pick<FastFeeds, 'answerAtOnce'> {
  const { settings, log, clock } = deps
  const takeToken = settings.rateLimit === null ? null : createRateLimiter(settings.rateLimit, clock)
  const fast = createFastFeeds(deps, takeToken)
  const app = new Hono<AppEnv>({ getPath: requestPath })
  app.onError((thrown, c) => answerError(thrown, c, log))
  app.use(createGate(deps, takeToken))
  app.route('/', feedRoutes(deps, fast))
  app.use(async (c, next) => {
    await next()
    addSecurityHeaders(c.res.headers)
  })

  // Watched by machines, several times a minute: it must not bring the API into memory.
  app.get('/api/health', (c) => c.json({ status: 'ok' }))
  // Schemas and routes are a third of the start and of the memory, and a service that only serves feeds needs none.
  let api: Promise<Hono<AppEnv>> | null = null
  for (const path of ['/api', '/api/*'])
    app.all(path, async (c) => {
      api ??= import('./api.ts').then(({ createApi }) => createApi(deps))
      return (await api).fetch(c.req.raw, c.env)
    })
  app.all('/metrics', (c) => c.json({ status: 'error', message: `There is nothing at ${c.req.path}` }, 404))

  const dashboard = createDashboard(deps.webRoot)
  app.all('*', settings.proxyUrl === null ? dashboard : createProxy(deps, settings.proxyUrl, dashboard))
  return Object.assign(app, { answerAtOnce: fast.answerAtOnce })
}
