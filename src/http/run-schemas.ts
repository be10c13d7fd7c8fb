/** The shapes of runs, plans, imported files and inspected feeds. */
import { z } from '@hono/zod-openapi'
import { RUN_PHASES } from '../core/runs.ts'
import { count, id, idText, moment, ProblemSchema, success } from './schema-basics.ts'

const kind = z.enum(['source', 'destination'])

const text = z.string().nullable()

export const OperationSchema = z
  .object({
    kind: z.enum(['create', 'update', 'delete']),
    uid: z.string(),
    subject: z.string(),
    href: text,
    result: z
      .enum(['done', 'lost-race', 'failed', 'held', 'refused-before', 'left-alone'])
      .nullable()
      .openapi({ description: 'What became of it; null: planned only' }),
    reason: text,
    changes: z.array(z.object({ component: z.string(), property: z.string(), before: text, after: text })),
  })
  .openapi('Operation')

const counts = z.record(z.string(), z.number())

export const PlanResponseSchema = z
  .object({
    ...success,
    plan: z.object({ counts, operations: z.array(OperationSchema), problems: z.array(ProblemSchema) }),
  })
  .openapi('PlanResponse')

export const HeldResponseSchema = z
  .object({
    held: z.array(
      z.object({
        uid: z.string(),
        subject: z.string(),
        first_seen_at: moment,
        times: count.openapi({ description: 'How often the feed has asked for it' }),
        answer: z.enum(['approved', 'dismissed']).nullable(),
      }),
    ),
  })
  .openapi('HeldResponse')

export const AnswerResponseSchema = z.object({ ...success, count }).openapi('AnswerResponse')

export const ReleaseSchema = z
  .object({ uids: z.array(z.string()).min(1, { error: 'name at least one UID' }) })
  .openapi('Release')

export const RunSchema = z
  .object({
    id,
    kind,
    item_id: id,
    trigger: z.enum(['start', 'timer', 'manual', 'change', 'approve', 'undo', 'reader']),
    started_at: moment,
    finished_at: moment.nullable(),
    status: z.enum(['running', 'ok', 'partial', 'held', 'error', 'interrupted']),
    message: z.string().nullable(),
    counts,
    problems: z.array(ProblemSchema),
    undo_of: id.nullable().openapi({ description: 'The run that this one took back' }),
    can_undo: z.boolean().openapi({ description: 'What it replaced or removed can still be brought back' }),
    failure: z.object({ kind: z.string(), message: z.string() }).nullable(),
  })
  .openapi('Run')
const StepSchema = z.object({
  phase: z.enum(RUN_PHASES),
  at: moment,
  ms: count.openapi({ description: 'How long it took' }),
  done: count,
  total: count,
})
const RunDetailsSchema = RunSchema.extend({ operations: z.array(OperationSchema), steps: z.array(StepSchema) }).openapi(
  'RunDetails',
)
export const RunResponseSchema = z.object({ ...success, run: RunDetailsSchema }).openapi('RunResponse')
export const UndoSchema = z
  .object({
    include_edited: z
      .boolean()
      .default(false)
      .openapi({ description: 'Also bring back what somebody else changed after the run' }),
  })
  .openapi('Undo')
export const RunListResponseSchema = z.object({ runs: z.array(RunSchema) }).openapi('RunListResponse')
export const RunQuerySchema = z.object({
  kind: kind.optional(),
  item_id: idText.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'expected a number from 1 to 200' })
    .refine((text) => Number(text) >= 1 && Number(text) <= 200, { error: 'expected a number from 1 to 200' })
    .optional()
    .openapi({ type: 'integer', description: '1 to 200; 50 without it' }),
})

export const ImportListResponseSchema = z
  .object({
    imports: z.array(
      z.object({
        name: z.string(),
        ics_url: z.string().openapi({ description: 'What a destination names it by', example: 'import:school.ics' }),
        bytes: count,
        changed_at: moment,
        destinations: z.array(id),
      }),
    ),
  })
  .openapi('ImportListResponse')

export const ImportResponseSchema = z.object({ ...success, ics_url: z.string() }).openapi('ImportResponse')

export const InspectSchema = z
  .object({
    ics_url: z.string().optional().openapi({ description: 'Address of the feed, or `source:` and the id of a source' }),
    text: z.string().optional().openapi({ description: 'Instead of the address: the feed itself' }),
  })
  .openapi('Inspect')

export const InspectResponseSchema = z
  .object({
    ...success,
    feed: z.object({
      name: text,
      color: text,
      time_zone: text,
      size: count.openapi({ description: 'Characters' }),
      cheap_to_poll: z
        .boolean()
        .nullable()
        .openapi({ description: 'It has validators, so that asking again costs little; null: given as text' }),
      counts,
      first_day: text.openapi({ example: '2026-03-01' }),
      last_end: moment.nullable().openapi({ description: 'Null: it goes on for ever, or cannot be told' }),
      zones: z.array(z.object({ tzid: z.string(), by: z.enum(['name', 'definition', 'nothing']), zone: text })),
      findings: z.array(ProblemSchema),
      preview: z
        .array(
          z.object({
            summary: z.string(),
            start: z.string().openapi({ description: "On the event's own clock; a date for all-day events" }),
            starts_at: moment,
            all_day: z.boolean(),
            recurring: z.boolean(),
          }),
        )
        .openapi({ description: 'The next events, or the last ones where none is to come' }),
    }),
  })
  .openapi('InspectResponse')
