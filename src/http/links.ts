import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { feedPath } from '../core/addresses.ts'
import { type Link, linkState, type NewLink } from '../core/links.ts'
import { hasStopped, type ReaderHistory } from '../core/readers.ts'
import { SUBSCRIBE_WAYS } from '../core/subscribe-ways.ts'
import type { EpochMs } from '../core/types.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup, writeErrors } from './answers.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { checkCommon, checkLink, randomPath } from './link-checks.ts'
import {
  CreateLinkSchema,
  LinkListResponseSchema,
  LinkReadsResponseSchema,
  LinkResponseSchema,
  type LinkSchema,
  SubscribeSchema,
  UpdateLinkSchema,
} from './link-schemas.ts'
import { ownOrigin } from './own-origin.ts'
import { onlyGiven } from './patch.ts'
import { idsFirst, jsonBody, noForeignBody, toId } from './request-body.ts'
import { idText } from './schema-basics.ts'
import { iso, isoOrNull, problemView, rulesView } from './views.ts'

const params = z.object({ id: idText })
const answer = jsonContent(LinkResponseSchema, 'The link')
const tags = ['links']

const listRoute = createRoute({
  method: 'get',
  path: '/api/links',
  operationId: 'listLinks',
  tags,
  summary: 'All addresses of feeds, by id',
  responses: { 200: jsonContent(LinkListResponseSchema, 'All links'), ...anyErrors },
})
const createLinkRoute = createRoute({
  method: 'post',
  path: '/api/links',
  operationId: 'createLink',
  tags,
  summary: 'Add a link to one source, or to several merged into one feed',
  middleware: [jsonBody(CreateLinkSchema)] as const,
  request: { body: jsonRequest(CreateLinkSchema) },
  responses: { 201: answer, ...bodyErrors, ...anyErrors },
})
const getRoute = createRoute({
  method: 'get',
  path: '/api/links/{id}',
  operationId: 'getLink',
  tags,
  summary: 'One link',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: answer, ...notFoundErrors, ...anyErrors },
})
const updateRoute = createRoute({
  method: 'put',
  path: '/api/links/{id}',
  operationId: 'updateLink',
  tags,
  summary: 'Change some fields of a link',
  middleware: [idsFirst, jsonBody(UpdateLinkSchema)] as const,
  request: { params, body: jsonRequest(UpdateLinkSchema) },
  responses: { 200: answer, ...notFoundErrors, ...bodyErrors, ...anyErrors },
})
const deleteRoute = createRoute({
  method: 'delete',
  path: '/api/links/{id}',
  operationId: 'deleteLink',
  tags,
  summary: 'Delete a link; its address then answers 410',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: {
    200: jsonContent(LinkResponseSchema.omit({ link: true }), 'Deleted'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
  },
})
const rotateRoute = createRoute({
  method: 'post',
  path: '/api/links/{id}/rotate',
  operationId: 'rotateLink',
  tags,
  summary: 'Give a link a new random address; the old one then answers 410',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params },
  responses: { 200: answer, ...notFoundErrors, ...writeErrors, ...anyErrors },
})
const readsRoute = createRoute({
  method: 'get',
  path: '/api/links/{id}/reads',
  operationId: 'listLinkReads',
  tags,
  summary: 'Who read a link lately: when, with which family of programs, and what was answered; no addresses',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: jsonContent(LinkReadsResponseSchema, 'The last reads'), ...notFoundErrors, ...anyErrors },
})

const subscribeRoute = createRoute({
  method: 'get',
  path: '/api/links/{id}/subscribe',
  operationId: 'howToSubscribe',
  tags,
  summary: 'How to subscribe to a link, program by program',
  middleware: [idsFirst] as const,
  request: { params },
  responses: { 200: jsonContent(SubscribeSchema, 'Steps for people'), ...notFoundErrors, ...anyErrors },
})

export function linkRoutes(deps: AppDeps) {
  const { store, linkFeeds, trail, clock } = deps

  function find(id: string): Link {
    const link = store.links.get(toId(id))
    if (link === undefined) throw new ApiError(404, 'Link not found')
    return link
  }

  const tell = (item_id: number, change: 'created' | 'updated' | 'deleted') =>
    deps.events.publish({ type: 'item-changed', kind: 'link', item_id, change })

  const readersOf = (id: number, now: EpochMs) => store.reads.readers(id).map((reader) => readerView(reader, now))

  function view(link: Link, c: Context<AppEnv>): z.infer<typeof LinkSchema> {
    const { salt: _secret, source_ids, rules, ...shown } = link
    const now = clock.now()
    const url = ownOrigin(deps, c.req.url, (name) => c.req.header(name)) + feedPath(link.path, link.kind === 'public')
    return {
      ...shown,
      url,
      webcal_url: url.replace(/^https?:/, 'webcal:'),
      source_ids: [...source_ids],
      rules: rulesView(rules),
      state: linkState(link, now),
      expires_at: isoOrNull(link.expires_at),
      created_at: iso(link.created_at),
      findings: (store.links.feed(link.id)?.findings ?? []).map(problemView),
      readers: readersOf(link.id, now),
    }
  }

  const routes = routeGroup()
    .openapi(listRoute, (c) => {
      trail.flush()
      return c.json({ links: store.links.list().map((link) => view(link, c)) }, 200)
    })
    .openapi(createLinkRoute, async (c) => {
      const { path, expires_at, is_public, source_ids, ...given } = c.req.valid('json')
      const link: NewLink = {
        label: '',
        name: null,
        paused: false,
        freshness_secs: null,
        mark: 'none',
        rules: [],
        ...onlyGiven(given),
        source_ids,
        path: path?.trim() ?? randomPath(),
        // A path nobody can guess is as good as a login; any other is not.
        is_public: is_public ?? path === undefined,
        expires_at: momentOf(expires_at),
      }
      checkLink(store, link)
      const created = store.links.create(link)
      await linkFeeds.refresh(created.id)
      tell(created.id, 'created')
      const message = `Link created with id ${created.id}`
      return c.json({ status: 'success' as const, message, link: view(created, c) }, 201)
    })
    .openapi(getRoute, (c) => {
      trail.flush()
      const link = find(c.req.valid('param').id)
      return c.json({ status: 'success' as const, message: `Link ${link.id}`, link: view(link, c) }, 200)
    })
    .openapi(updateRoute, async (c) => {
      const { expires_at, ...rest } = c.req.valid('json')
      const before = find(c.req.valid('param').id)
      const patch = {
        ...onlyGiven(rest),
        ...(rest.path === undefined ? {} : { path: rest.path.trim() }),
        ...(expires_at === undefined ? {} : { expires_at: momentOf(expires_at) }),
      }
      if (before.kind === 'own') checkLink(store, { ...before, ...patch }, before)
      else {
        refuseForeign(patch)
        checkCommon({ ...before, ...patch })
      }
      const link = store.links.update(before.id, patch)
      if (link === undefined) throw new ApiError(404, 'Link not found')
      await linkFeeds.refresh(link.id)
      tell(link.id, 'updated')
      return c.json({ status: 'success' as const, message: 'Link updated', link: view(link, c) }, 200)
    })
    .openapi(deleteRoute, (c) => {
      const link = find(c.req.valid('param').id)
      if (link.kind === 'main' || link.kind === 'public') {
        throw new ApiError(400, `This address belongs to source ${link.source_ids[0]}; change or delete it there`)
      }
      store.links.remove(link.id)
      tell(link.id, 'deleted')
      return c.json({ status: 'success' as const, message: 'Link deleted' }, 200)
    })
    .openapi(rotateRoute, async (c) => {
      const link = store.links.rotate(find(c.req.valid('param').id).id, randomPath())
      if (link === undefined) throw new ApiError(404, 'Link not found')
      await linkFeeds.refresh(link.id)
      tell(link.id, 'updated')
      return c.json({ status: 'success' as const, message: 'Link has a new address', link: view(link, c) }, 200)
    })
    .openapi(subscribeRoute, (c) => {
      const shown = view(find(c.req.valid('param').id), c)
      const isOpen = shown.is_public || deps.settings.login === null
      const names = shown.source_ids.flatMap((id) => store.sources.get(id)?.name ?? [])
      const ways = SUBSCRIBE_WAYS.map(({ steps, press, fromOutside, ...way }) => ({
        ...way,
        steps: [...steps],
        press: press && { label: press.label, href: press.href(shown.url) },
        usable: isOpen || !fromOutside,
      }))
      const name = shown.name ?? names.join(', ')
      return c.json({ name, address: shown.url, page: `${shown.url}?subscribe`, is_public: isOpen, ways }, 200)
    })
    .openapi(readsRoute, (c) => {
      trail.flush()
      const { id } = find(c.req.valid('param').id)
      const reads = store.reads
        .list(id)
        .map(({ at, client, status, bytes }) => ({ at: iso(at), client, status, bytes }))
      return c.json({ readers: readersOf(id, clock.now()), reads }, 200)
    })

  routes.all('/api/links', methodNotAllowed('GET, HEAD, POST'))
  routes.all('/api/links/:id', methodNotAllowed('GET, HEAD, PUT, DELETE'))
  routes.all('/api/links/:id/rotate', methodNotAllowed('POST'))
  routes.all('/api/links/:id/subscribe', methodNotAllowed('GET, HEAD'))
  routes.all('/api/links/:id/reads', methodNotAllowed('GET, HEAD'))
  return routes
}

function momentOf(text: string | null | undefined): EpochMs | null {
  return text === null || text === undefined ? null : Date.parse(text)
}

/** Path, login and source of the contract's addresses are fields of the source. */
function refuseForeign(patch: Partial<NewLink>): void {
  for (const field of ['path', 'is_public', 'source_ids'] as const) {
    if (patch[field] === undefined) continue
    throw new ApiError(400, `${field} cannot be changed here: this address belongs to a source; change it there`)
  }
}

function readerView(reader: ReaderHistory, now: EpochMs) {
  return {
    ...reader,
    first_at: iso(reader.first_at),
    last_at: iso(reader.last_at),
    stopped: hasStopped(reader, now),
  }
}
