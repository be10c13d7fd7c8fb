import type { CalendarObject } from '../core/ical/model.ts'
import type { Destination } from '../core/items.ts'
import { applyRules } from '../core/rules/apply.ts'
import { compileRules } from '../core/rules/compile.ts'
import type { Problem } from '../core/types.ts'
import type { FeedReading } from './destination-feed.ts'
import type { EngineDeps } from './engine-deps.ts'
import { addressesOf } from './link-feeds.ts'

/**
 * The feed as the rules of this destination leave it. An event of which the rules could not be worked out is neither
 * written nor taken for gone. Throws RuleError where they cannot be used, which is checked before they are saved.
 */
export function withRules(feed: FeedReading, destination: Destination, deps: EngineDeps): FeedReading {
  if (destination.rules.length === 0) return feed
  const rules = compileRules(destination.rules)
  const { calendar } = feed
  const context = {
    now: deps.clock.now(),
    calendar: calendar.name ?? destination.name,
    me: addressesOf(destination),
    defaultZone: deps.defaultZone,
    salt: destination.rules_salt ?? '',
  }
  const objects: CalendarObject[] = []
  const findings: Problem[] = []
  const unsure: string[] = []
  for (const object of calendar.objects) {
    const ruled = applyRules(object, rules, context)
    objects.push(...ruled.objects)
    findings.push(...ruled.findings)
    if (ruled.findings.some(({ code }) => code === 'rule-unsure')) unsure.push(object.uid)
  }
  return {
    ...feed,
    calendar: { ...calendar, objects, protectedUids: [...calendar.protectedUids, ...unsure] },
    findings: [...feed.findings, ...findings],
  }
}
