import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { AppDeps, AppEnv } from './deps.ts'
import { methodNotAllowed } from './errors.ts'

/** Adds what the routes do not say of themselves: the login, and the feeds, whose paths hold slashes. */
function describeRest(api: OpenAPIHono<AppEnv>): void {
  const registry = api.openAPIRegistry
  registry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: 'The one login of the service, where AUTH_USERNAME is set',
  })
  const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } })
  const feed = {
    200: { description: 'The feed', content: { 'text/calendar': { schema: z.string() } } },
    304: { description: 'The reader already holds these bytes' },
    400: text('Invalid path'),
    404: text('No feed there, or none yet'),
    410: text('The address was given up or has expired'),
    503: text('The feed is paused'),
    429: text('Too many requests or too many failed logins; see Retry-After'),
    500: text('Internal error'),
  }
  const request = { params: z.object({ path: z.string().openapi({ description: 'May contain slashes' }) }) }
  registry.registerPath({
    method: 'get',
    path: '/ics/{path}',
    operationId: 'getFeed',
    tags: ['feeds'],
    summary: 'The feed of a source; open without login where the source or path is public',
    request,
    responses: { ...feed, 401: { description: 'The login is missing or wrong' } },
  })
  registry.registerPath({
    method: 'get',
    path: '/ics/public/{path}',
    operationId: 'getPublicFeed',
    tags: ['feeds'],
    summary: 'The feed of a source under its public path',
    security: [],
    request,
    responses: feed,
  })
}

/** `/api/openapi.json`, generated from the schemas the routes validate with. */
export function openApiRoutes(api: OpenAPIHono<AppEnv>, deps: AppDeps): Hono<AppEnv> {
  describeRest(api)
  let document: string | null = null
  const app = new Hono<AppEnv>()
  app.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'CalDAV/ICS Sync API',
          version: deps.version,
          description: 'Serves CalDAV calendars as ICS feeds, and brings ICS feeds into CalDAV calendars.',
          license: { name: 'MIT' },
        },
        security: [{ basic: [] }],
      }),
    )
    return c.body(document, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' })
  })
  app.all('/api/openapi.json', methodNotAllowed('GET, HEAD'))
  return app
}
