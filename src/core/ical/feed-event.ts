/** An event in the form in which readers of a feed get it. */
import type { Problem } from '../types.ts'
import { describeEvent, withStamp } from './event.ts'
import { lineChange } from './mend-change.ts'
import { SINGLE_IN_EVENT } from './mend-event.ts'
import type { Component } from './model.ts'
import { find, rawValue } from './property.ts'

/** A reader's program would send mail in its user's name, or start a program (RFC 5545 section 3.8.6.1, RFC 2445). */
const ACTING = new Set(['EMAIL', 'PROCEDURE'])

/** Whether an alarm with this ACTION would act on others than the reader's own eyes and ears. */
export function isActing(action: string): boolean {
  return ACTING.has(action.trim().toUpperCase())
}

/**
 * The event line by line as it is, but with a DTSTAMP, with the first of properties that may stand there once, and
 * without alarms that would act on others.
 */
export function forReaders(event: Component, findings: Problem[]): Component {
  const properties = event.properties.filter(
    ({ name }, index) => !SINGLE_IN_EVENT.has(name) || event.properties.findIndex((one) => one.name === name) === index,
  )
  const components = event.components.filter((part) => {
    const action = part.name === 'VALARM' ? find(part, 'ACTION') : undefined
    return action === undefined || !isActing(rawValue(action))
  })
  const isRepeated = properties.length < event.properties.length
  if (!isRepeated && components.length === event.components.length) return withStamp(event)
  const shown: Component = { ...event, properties, components }
  if (isRepeated) {
    const subject = describeEvent(event)
    findings.push({
      code: 'property-repeated',
      subject,
      message: `${subject}: it has a property twice that may be there once; the feed has the first.`,
      ...lineChange(event, { ...shown, components: event.components }),
      repaired: true,
    })
  }
  return withStamp(shown)
}
