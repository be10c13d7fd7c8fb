import { z } from '@hono/zod-openapi'
import { LINK_KINDS, MARKS } from '../core/links.ts'
import { RulesSchema } from './rule-schemas.ts'
import { count, id, moment, ProblemSchema, success } from './schema-basics.ts'

/** A year; what is older is no longer called fresh. */
const LONGEST_FRESHNESS = 366 * 86_400
const SHORTEST_FRESHNESS = 60

const freshness = z
  .int()
  .min(SHORTEST_FRESHNESS)
  .max(LONGEST_FRESHNESS)
  .openapi({ description: 'Seconds; an older feed is brought up to date while the reader waits' })
const expiry = z.iso.datetime({ offset: true }).openapi({ example: '2027-01-01T00:00:00Z' })
const label = z.string().max(200).openapi({ description: 'For you: who has it. Readers never see it' })
const name = z.string().max(200).openapi({ description: 'What readers see as the name of the calendar' })
const mark = z
  .enum(MARKS)
  .openapi({ description: 'How events show their source: as one more category, or before the title' })

const ReaderSchema = z
  .object({
    client: z.string().openapi({ description: 'Family of the program' }),
    reads: count,
    first_at: moment,
    last_at: moment,
    stopped: z.boolean().openapi({ description: 'It used to come, and has stayed away' }),
  })
  .openapi('LinkReader')

export const LinkSchema = z
  .object({
    id,
    kind: z.enum(LINK_KINDS).openapi({ description: "`main`, `public`, `path`: a source's own addresses" }),
    label,
    name: name.nullable(),
    path: z.string(),
    url: z.string().openapi({ description: 'Where it is served' }),
    webcal_url: z.string().openapi({ description: 'The same for programs that subscribe' }),
    is_public: z.boolean().openapi({ description: 'Open without login' }),
    source_ids: z.array(id),
    state: z.enum(['active', 'paused', 'expired', 'empty']),
    paused: z.boolean(),
    expires_at: moment.nullable(),
    freshness_secs: z.int().nullable(),
    mark,
    rules: RulesSchema,
    findings: z.array(ProblemSchema).openapi({ description: 'What its last making came upon' }),
    readers: z.array(ReaderSchema),
    created_at: moment,
  })
  .openapi('Link')

const fields = {
  label: label.optional(),
  name: name.nullable().optional(),
  is_public: z.boolean().optional(),
  paused: z.boolean().optional(),
  expires_at: expiry.nullable().optional(),
  freshness_secs: freshness.nullable().optional(),
  mark: mark.optional(),
  rules: RulesSchema.optional(),
  path: z.string().optional().openapi({ description: 'Left out: a random one that nobody can guess' }),
}

export const CreateLinkSchema = z.object({ source_ids: z.array(id), ...fields }).openapi('CreateLink')
export const UpdateLinkSchema = z.object({ source_ids: z.array(id).optional(), ...fields }).openapi('UpdateLink')

export const LinkResponseSchema = z.object({ ...success, link: LinkSchema }).openapi('LinkResponse')
export const LinkListResponseSchema = z.object({ links: z.array(LinkSchema) }).openapi('LinkListResponse')

export const SubscribeSchema = z
  .object({
    name: z.string(),
    address: z.string(),
    page: z.string().openapi({ description: 'The same steps as a page for people, to be sent or shown as a QR code' }),
    is_public: z.boolean(),
    ways: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        steps: z.array(z.string()),
        press: z.object({ label: z.string(), href: z.string() }).nullable(),
        usable: z.boolean().openapi({ description: 'False: it would need an address that is open without login' }),
      }),
    ),
  })
  .openapi('Subscribe')

export const LinkReadsResponseSchema = z
  .object({
    readers: z.array(ReaderSchema),
    reads: z.array(z.object({ at: moment, client: z.string(), status: z.int(), bytes: count })),
  })
  .openapi('LinkReadsResponse')
