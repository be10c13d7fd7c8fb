import { createRoute, z } from '@hono/zod-openapi'
import { type Source, scheduledSecs } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup, writeErrors } from './answers.ts'
import { checkSource, isSameServer } from './checks.ts'
import { checkConnection, updateConnection } from './connection.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { changedOnly, dropAbsent, keepStored, keptInterval, newPassword } from './patch.ts'
import { idsFirst, jsonBody, noForeignBody, toId } from './request-body.ts'
import { bringBack } from './restore.ts'
import { ErrorResponseSchema, idText } from './schema-basics.ts'
import {
  CreateSourceSchema,
  SourceListResponseSchema,
  SourceResponseSchema,
  SyncResultSchema,
  UpdateSourceSchema,
} from './schemas.ts'
import { runNow } from './sync-now.ts'
import { sourceView } from './views.ts'

const params = z.object({ id: idText })
const answer = jsonContent(SourceResponseSchema, 'The source')

const listRoute = createRoute({
  method: 'get',
  path: '/api/sources',
  operationId: 'listSources',
  tags: ['sources'],
  summary: 'All sources, by id',
  responses: { 200: jsonContent(SourceListResponseSchema, 'All sources'), ...anyErrors },
})

const createSourceRoute = createRoute({
  method: 'post',
  path: '/api/sources',
  operationId: 'createSource',
  tags: ['sources'],
  summary: 'Add a source and read it at once',
  middleware: [jsonBody(CreateSourceSchema)] as const,
  request: { body: jsonRequest(CreateSourceSchema) },
  responses: { 201: answer, ...bodyErrors, ...anyErrors },
})

const getRoute = createRoute({
  method: 'get',
  path: '/api/sources/{id}',
  operationId: 'getSource',
  tags: ['sources'],
  summary: 'One source',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: answer, ...notFoundErrors, ...anyErrors },
})

const updateRoute = createRoute({
  method: 'put',
  path: '/api/sources/{id}',
  operationId: 'updateSource',
  tags: ['sources'],
  summary: 'Change some fields of a source',
  middleware: [idsFirst, jsonBody(UpdateSourceSchema)] as const,
  request: { params, body: jsonRequest(UpdateSourceSchema) },
  responses: { 200: answer, ...notFoundErrors, ...bodyErrors, ...anyErrors },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/api/sources/{id}',
  operationId: 'deleteSource',
  tags: ['sources'],
  summary: 'Delete a source with its paths and its feed',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: jsonContent(SourceResponseSchema.omit({ source: true }), 'Deleted; see restore'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
  },
})

const restoreRoute = createRoute({
  method: 'post',
  path: '/api/sources/{id}/restore',
  operationId: 'restoreSource',
  tags: ['sources'],
  summary: 'Bring back a source that was deleted a moment ago, with all that belonged to it',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: answer,
    ...notFoundErrors,
    ...writeErrors,
    409: jsonContent(ErrorResponseSchema, 'Another item has its place'),
    ...anyErrors,
  },
})

const statusRoute = createRoute({
  method: 'get',
  path: '/api/sources/{id}/status',
  operationId: 'getSourceStatus',
  tags: ['sources'],
  summary: 'When a source was last read',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: answer, ...notFoundErrors, ...anyErrors },
})

const syncResult = (description: string) => jsonContent(SyncResultSchema, description)

const syncRoute = createRoute({
  method: 'post',
  path: '/api/sources/{id}/sync',
  operationId: 'syncSource',
  tags: ['sources'],
  summary: 'Read a source now and wait for the result',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: syncResult('The feed is up to date'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
    404: syncResult('Not found'),
    500: syncResult('The calendars could not be read; the last good feed stays'),
    503: syncResult('The service is stopping'),
  },
})

export function sourceRoutes(deps: AppDeps) {
  const { store, runner, events } = deps
  const app = routeGroup()

  function find(id: string): Source {
    const source = store.sources.get(toId(id))
    if (source === undefined) throw new ApiError(404, 'Source not found')
    return source
  }

  const routes = app
    .openapi(listRoute, (c) => c.json({ sources: store.sources.list().map(sourceView) }, 200))
    .openapi(createSourceRoute, (c) => {
      const { password, connection, ...given } = c.req.valid('json')
      const settings = checkSource(
        store,
        {
          ...given,
          sync_interval_secs: keptInterval(given.sync_interval_secs),
          public_ics_path: given.public_ics_path ?? null,
          calendars: given.calendars ?? null,
          connection: connection ? checkConnection('connection', connection, null) : null,
        },
        password,
      )
      const source = store.sources.create({ ...settings, password: new Secret(password) })
      runner.changed('source', source.id)
      events.publish({ type: 'item-changed', kind: 'source', item_id: source.id, change: 'created' })
      const message = `Source created with id ${source.id}`
      return c.json({ status: 'success' as const, message, source: sourceView(source) }, 201)
    })
    .openapi(getRoute, (c) => {
      const source = find(c.req.valid('param').id)
      return c.json({ status: 'success' as const, message: `Source ${source.id}`, source: sourceView(source) }, 200)
    })
    .openapi(updateRoute, (c) => {
      const {
        password: givenPassword,
        public_ics_path: givenPath,
        calendars,
        connection,
        ...rest
      } = c.req.valid('json')
      const before = find(c.req.valid('param').id)
      const given = dropAbsent(rest)
      const password = newPassword(givenPassword)
      const caldavUrl = keepStored(given.caldav_url, before.caldav_url)
      const username = given.username ?? before.username
      const isOtherAccount = caldavUrl !== before.caldav_url || username !== before.username
      // What was chosen of one account says nothing of another; another address of the same one must not widen the feed.
      const keepsChoice = username === before.username && isSameServer(caldavUrl, before.caldav_url)
      const reached = { label: 'CalDAV URL', url: before.caldav_url, connection: before.connection }
      const settings = checkSource(
        store,
        {
          name: given.name ?? before.name,
          caldav_url: caldavUrl,
          username,
          ics_path: given.ics_path ?? before.ics_path,
          sync_interval_secs: keptInterval(given.sync_interval_secs ?? before.sync_interval_secs),
          public_ics: given.public_ics ?? before.public_ics,
          public_ics_path: givenPath === undefined ? before.public_ics_path : givenPath,
          paused: given.paused ?? before.paused ?? false,
          calendars: calendars === undefined && keepsChoice ? (before.calendars ?? null) : (calendars ?? null),
          connection: updateConnection('connection', connection, reached, caldavUrl),
        },
        password,
        before,
      )
      const changed = changedOnly(settings, before)
      const chosen = JSON.stringify(settings.calendars) !== JSON.stringify(before.calendars ?? null)
      const patch = password === null ? changed : { ...changed, password: new Secret(password) }
      const source = store.sources.update(before.id, patch)
      if (source === undefined) throw new ApiError(404, 'Source not found')
      const isRunChanged =
        password !== null ||
        connection != null ||
        chosen ||
        isOtherAccount ||
        (before.paused === true && source.paused === false)
      if (isRunChanged) runner.changed('source', source.id)
      else if (scheduledSecs(source) !== scheduledSecs(before)) runner.rescheduled('source', source.id)
      events.publish({ type: 'item-changed', kind: 'source', item_id: source.id, change: 'updated' })
      return c.json({ status: 'success' as const, message: 'Source updated', source: sourceView(source) }, 200)
    })
    .openapi(deleteRoute, async (c) => {
      const { id } = find(c.req.valid('param').id)
      const links = store.links.showing(id).filter(({ kind }) => kind === 'own')
      // The row goes first: should the database refuse, the source still has its runs.
      store.sources.remove(id)
      runner.removed('source', id)
      events.publish({ type: 'item-changed', kind: 'source', item_id: id, change: 'deleted' })
      for (const link of links) await deps.linkFeeds.refresh(link.id)
      return c.json({ status: 'success' as const, message: 'Source deleted' }, 200)
    })
    .openapi(restoreRoute, async (c) => {
      const id = bringBack(deps, 'source', toId(c.req.valid('param').id))
      // Its events left the merged feeds with it, and a paused source has no run that would put them back.
      await deps.linkFeeds.sourceChanged(id)
      const source = find(String(id))
      return c.json({ status: 'success' as const, message: 'Source restored', source: sourceView(source) }, 200)
    })
    .openapi(statusRoute, (c) => {
      const source = find(c.req.valid('param').id)
      const message = `Last synced: ${source.last_synced ?? 'never'}`
      return c.json({ status: 'success' as const, message, source: sourceView(source) }, 200)
    })
    .openapi(syncRoute, async (c) => {
      const id = toId(c.req.valid('param').id)
      const { code, status, message, counts } = await runNow(deps, 'source', store.sources.get(id)?.id)
      const { events = 0, calendars = 0 } = counts
      return c.json({ status, message, events, calendars }, code)
    })

  routes.all('/api/sources', methodNotAllowed('GET, HEAD, POST'))
  routes.all('/api/sources/:id', methodNotAllowed('GET, HEAD, PUT, DELETE'))
  routes.all('/api/sources/:id/restore', methodNotAllowed('POST'))
  routes.all('/api/sources/:id/status', methodNotAllowed('GET, HEAD'))
  routes.all('/api/sources/:id/sync', methodNotAllowed('POST'))
  return routes
}
