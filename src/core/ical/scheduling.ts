import type { ReportMend } from './mend-report.ts'
import type { Component, Property } from './model.ts'
import { find, parameterOf, rawValue, withoutParameter, withParameter } from './property.ts'

/**
 * The event in a form that makes no server send mail (RFC 6638 sections 7.1 to 7.3): ORGANIZER and every ATTENDEE say
 * SCHEDULE-AGENT=CLIENT, because NONE is not honoured everywhere, and neither asks for or reports a delivery. Alarms
 * that send mail or run a program are left out.
 */
export function withoutScheduling(event: Component, report: ReportMend): Component {
  const properties = event.properties.map((property) => (isParty(property.name) ? handledByClient(property) : property))
  const components = event.components.filter((component) => {
    if (component.name !== 'VALARM') return true
    const action = actionOf(component)
    if (action !== 'EMAIL' && action !== 'PROCEDURE') return true
    report('alarm-dropped', `an alarm that ${action === 'EMAIL' ? 'sends mail' : 'runs a program'} was left out.`)
    return false
  })
  return { name: event.name, properties, components }
}

function isParty(name: string): boolean {
  return name === 'ORGANIZER' || name === 'ATTENDEE'
}

function handledByClient(property: Property): Property {
  const plain = withoutParameter(property, 'SCHEDULE-STATUS', 'SCHEDULE-FORCE-SEND')
  return parameterOf(plain, 'SCHEDULE-AGENT')?.toUpperCase() === 'CLIENT'
    ? plain
    : withParameter(plain, 'SCHEDULE-AGENT', 'CLIENT')
}

function actionOf(alarm: Component): string {
  const action = find(alarm, 'ACTION')
  return action === undefined ? '' : rawValue(action).trim().toUpperCase()
}
