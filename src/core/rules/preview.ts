/** What a list of rules would do, without doing it. */
import { describeEvent } from '../ical/event.ts'
import type { CalendarObject, Component } from '../ical/model.ts'
import { clocksOf } from '../recurrence/read-series.ts'
import type { PreviewedEvent, RulesPreview } from '../shown.ts'
import type { EpochMs, Problem } from '../types.ts'
import { applyRules } from './apply.ts'
import type { CompiledRules } from './compile.ts'
import { type ApplyContext, firstInstance } from './decide.ts'

/** Shown one by one; the counts tell of all. */
const MOST_HITS = 20

/** Stored events of one calendar. */
export interface PreviewPart {
  readonly calendar: string
  readonly me: readonly string[]
  readonly objects: readonly CalendarObject[]
}

export function previewRules(
  parts: readonly PreviewPart[],
  rules: CompiledRules,
  { now, defaultZone }: { readonly now: EpochMs; readonly defaultZone: string },
): RulesPreview {
  const perRule = rules.rules.map(() => 0)
  const hits: RulesPreview['hits'][number][] = []
  const findings: Problem[] = []
  let [events, changed, dropped] = [0, 0, 0]
  for (const { calendar, me, objects } of parts) {
    const context: ApplyContext = { now, calendar, me, defaultZone, salt: 'preview' }
    for (const object of objects) {
      events += 1
      countRules(object, rules, context, perRule)
      const after = applyRules(object, rules, context)
      findings.push(...after.findings)
      if (isSame(object, after.objects)) continue
      if (after.objects.length === 0) dropped += 1
      else changed += 1
      if (hits.length < MOST_HITS) hits.push(hitOf(object, after.objects))
    }
  }
  return { events, unchanged: events - changed - dropped, changed, dropped, perRule, hits, findings }
}

function countRules(object: CalendarObject, { rules }: CompiledRules, context: ApplyContext, counts: number[]): void {
  const clocks = clocksOf(object, context.defaultZone)
  const instances = object.events.map((event) => firstInstance(event, clocks))
  for (const [index, rule] of rules.entries()) {
    if (instances.some((instance) => rule.holds(instance, context))) counts[index] = (counts[index] ?? 0) + 1
  }
}

function isSame(before: CalendarObject, after: readonly CalendarObject[]): boolean {
  const [only, ...others] = after
  if (only === undefined || others.length > 0) return false
  if (only === before) return true
  const lines = (object: CalendarObject) => object.events.flatMap(linesOf).join('\n')
  return lines(only) === lines(before)
}

function linesOf(event: Component): string[] {
  const own = event.properties.map(({ line }) => line)
  return [...own, ...event.components.flatMap((part) => [`BEGIN:${part.name}`, ...linesOf(part)])]
}

function hitOf(before: CalendarObject, after: readonly CalendarObject[]): RulesPreview['hits'][number] {
  const old = before.events.flatMap(linesOf)
  const made = after.flatMap(({ events }) => events.flatMap(linesOf))
  const [known, kept] = [new Set(old), new Set(made)]
  const show = (event: Component | undefined, lines: readonly string[]): PreviewedEvent => ({
    subject: event === undefined ? '' : describeEvent(event),
    lines,
  })
  return {
    uid: before.uid,
    result: after.length === 0 ? 'dropped' : 'changed',
    before: show(
      before.events[0],
      old.filter((line) => !kept.has(line)),
    ),
    after: after.map(({ events }) =>
      show(
        events[0],
        events.flatMap(linesOf).filter((line) => !known.has(line)),
      ),
    ),
  }
}
