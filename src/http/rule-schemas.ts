/** The shape of rules; what a rule may say is checked by `compileRules`. */
import { z } from '@hono/zod-openapi'
import { CLASSES, COMPARISONS, PARTICIPATIONS, STATUSES, TRANSPARENCIES, WEEKDAYS } from '../core/rules/rule.ts'
import { count, ProblemSchema } from './schema-basics.ts'

const not = z.boolean().optional().openapi({ description: 'Holds where the condition does not' })
const duration = z.string().openapi({ example: 'P90D', description: 'ISO 8601; `-P7D` is a week ago' })
const property = z.string().openapi({ example: 'SUMMARY' })

const ConditionSchema = z
  .discriminatedUnion('if', [
    z.object({ if: z.literal('text'), property, is: z.enum(COMPARISONS), value: z.string(), not }),
    z.object({ if: z.literal('category'), value: z.string(), not }),
    z.object({ if: z.literal('calendar'), value: z.string(), not }),
    z.object({ if: z.literal('window'), from: duration.optional(), to: duration.optional(), not }),
    z.object({ if: z.literal('weekday'), days: z.array(z.enum(WEEKDAYS)), not }),
    z.object({ if: z.literal('hours'), from: z.string().openapi({ example: '09:00' }), to: z.string(), not }),
    z.object({ if: z.literal('duration'), at_least: duration.optional(), at_most: duration.optional(), not }),
    z.object({ if: z.literal('all-day'), not }),
    z.object({ if: z.literal('status'), value: z.enum(STATUSES), not }),
    z.object({
      if: z.literal('participation'),
      value: z.enum(PARTICIPATIONS),
      me: z.array(z.string()).optional().openapi({ description: "My addresses; else the source's user name" }),
      not,
    }),
    z.object({ if: z.literal('transparency'), value: z.enum(TRANSPARENCIES), not }),
    z.object({ if: z.literal('class'), value: z.enum(CLASSES), not }),
  ])
  .openapi('Condition')

const ActionSchema = z
  .discriminatedUnion('do', [
    z.object({ do: z.literal('drop') }),
    z.object({ do: z.literal('keep') }),
    z.object({ do: z.literal('strip-alarms') }),
    z.object({ do: z.literal('busy'), text: z.string().optional() }),
    z.object({ do: z.literal('set'), property, value: z.string() }),
    z.object({ do: z.literal('prefix'), property, value: z.string() }),
    z.object({ do: z.literal('template'), property, value: z.string().openapi({ example: '{SUMMARY} ({LOCATION})' }) }),
    z.object({ do: z.literal('remove'), property }),
    z.object({ do: z.literal('add-alarm'), before: duration }),
    z.object({ do: z.literal('shift-zone'), zone: z.string().openapi({ example: 'Europe/Berlin' }) }),
  ])
  .openapi('Action')

const RuleSchema = z
  .object({
    name: z.string().optional(),
    match: z
      .enum(['all', 'any'])
      .optional()
      .openapi({ description: 'How several conditions count; `all` if not given' }),
    when: z.array(ConditionSchema).openapi({ description: 'None: every event' }),
    actions: z.array(ActionSchema),
  })
  .openapi('Rule')

export const RulesSchema = z.array(RuleSchema)

export const PresetListResponseSchema = z
  .object({
    presets: z.array(z.object({ id: z.string(), title: z.string(), about: z.string(), rules: RulesSchema })),
  })
  .openapi('PresetListResponse')

export const PreviewRulesSchema = z
  .object({
    rules: RulesSchema,
    source_id: z.int().nullable().optional(),
    link_id: z.int().nullable().optional(),
    destination_id: z.int().nullable().optional(),
  })
  .openapi('PreviewRules')

const ShownEventSchema = z.object({
  subject: z.string(),
  lines: z.array(z.string()).openapi({ description: 'Its properties that differ' }),
})

export const RulesPreviewSchema = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    events: count,
    unchanged: count,
    changed: count,
    dropped: count,
    per_rule: z.array(count).openapi({ description: 'Events that each rule alone holds for' }),
    hits: z.array(
      z.object({
        uid: z.string(),
        result: z.enum(['changed', 'dropped']),
        before: ShownEventSchema,
        after: z.array(ShownEventSchema),
      }),
    ),
    findings: z.array(ProblemSchema),
  })
  .openapi('RulesPreview')
