import { createRoute } from '@hono/zod-openapi'
import { PRESETS } from '../core/rules/presets.ts'
import type { PreviewedEvent } from '../core/shown.ts'
import type { ShownKind } from '../sync/types.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { checkRules } from './link-checks.ts'
import { shownError } from './redact.ts'
import { jsonBody } from './request-body.ts'
import { PresetListResponseSchema, PreviewRulesSchema, RulesPreviewSchema } from './rule-schemas.ts'
import { problemView, rulesView } from './views.ts'

const presetsRoute = createRoute({
  method: 'get',
  path: '/api/rules/presets',
  operationId: 'listRulePresets',
  tags: ['rules'],
  summary: 'Lists of rules to begin with',
  responses: { 200: jsonContent(PresetListResponseSchema, 'The presets'), ...anyErrors },
})
const previewRoute = createRoute({
  method: 'post',
  path: '/api/rules/preview',
  operationId: 'previewRules',
  tags: ['rules'],
  summary: 'What a list of rules would do to the stored events of a source, a link or a destination',
  middleware: [jsonBody(PreviewRulesSchema)] as const,
  request: { body: jsonRequest(PreviewRulesSchema) },
  responses: {
    200: jsonContent(RulesPreviewSchema, 'Counts, and the first events before and after'),
    ...bodyErrors,
    404: notFoundErrors[404],
    ...anyErrors,
  },
})

/** Findings shown one by one. */
const MOST_FINDINGS = 50

export function ruleRoutes({ store, shown }: AppDeps) {
  function target(given: Record<`${ShownKind}_id`, number | null | undefined>): [ShownKind, number] {
    const named = (['source', 'link', 'destination'] as const).flatMap((kind): [ShownKind, number][] => {
      const id = given[`${kind}_id`]
      return id === null || id === undefined ? [] : [[kind, id]]
    })
    const [only, ...others] = named
    if (only === undefined || others.length > 0) {
      throw new ApiError(400, 'Name one of source_id, link_id and destination_id: whose events the rules are tried on')
    }
    const [kind, id] = only
    if (store[`${kind}s`].get(id) !== undefined) return only
    throw new ApiError(404, `${kind === 'link' ? 'Link' : kind === 'source' ? 'Source' : 'Destination'} not found`)
  }

  const routes = routeGroup()
    .openapi(presetsRoute, (c) => {
      const presets = PRESETS.map(({ rules, ...preset }) => ({ ...preset, rules: rulesView(rules) }))
      return c.json({ presets }, 200)
    })
    .openapi(previewRoute, (c) => {
      const { rules, source_id, link_id, destination_id } = c.req.valid('json')
      checkRules(rules)
      const [kind, id] = target({ source_id, link_id, destination_id })
      const found = shown.preview(kind, id, rules)
      const { events, unchanged, changed, dropped } = found
      return c.json(
        {
          status: 'success' as const,
          message: `Of ${events} events ${unchanged} stay as they are, ${changed} change, ${dropped} are left out`,
          events,
          unchanged,
          changed,
          dropped,
          per_rule: [...found.perRule],
          hits: found.hits.map(({ uid, result, before, after }) => ({
            uid,
            result,
            before: eventView(before),
            after: after.map(eventView),
          })),
          findings: found.findings.slice(0, MOST_FINDINGS).map(problemView),
        },
        200,
      )
    })
  routes.all('/api/rules/presets', methodNotAllowed('GET, HEAD'))
  routes.all('/api/rules/preview', methodNotAllowed('POST'))
  return routes
}

function eventView({ subject, lines }: PreviewedEvent) {
  return { subject: shownError(subject), lines: lines.map(shownError) }
}
