import type { Guests } from '../items.ts'
import type { ReportMend } from './mend-report.ts'
import type { Component, Property } from './model.ts'
import {
  escapeText,
  find,
  findAll,
  parameterOf,
  rawValue,
  textOf,
  withoutParameter,
  withParameter,
} from './property.ts'

/**
 * How guests are written to a calendar: as the destination says, but always as text to Google, which invites guests
 * whatever SCHEDULE-AGENT says.
 */
export function guestsFor(setting: Guests, targetUrl: string): Guests {
  return /(^|\.)(google|googleusercontent)\.com$/i.test(URL.parse(targetUrl)?.hostname ?? '') ? 'text' : setting
}

/**
 * The event in a form that makes no server send mail (RFC 6638 sections 7.1 to 7.3). `silent`: ORGANIZER and every
 * ATTENDEE say SCHEDULE-AGENT=CLIENT, because NONE is not honoured everywhere, and neither asks for or reports a
 * delivery. `text`: they are named at the end of the description instead. `keep`: they stay as they are, and the server
 * may write to them. Alarms that send mail or run a program are left out in each case.
 */
export function withoutScheduling(event: Component, guests: Guests, report: ReportMend): Component {
  const properties = partiesOf[guests](event)
  const components = event.components.filter((component) => {
    if (component.name !== 'VALARM') return true
    const action = actionOf(component)
    if (action !== 'EMAIL' && action !== 'PROCEDURE') return true
    report('alarm-dropped', `an alarm that ${action === 'EMAIL' ? 'sends mail' : 'runs a program'} was left out.`)
    return false
  })
  return { name: event.name, properties, components }
}

const partiesOf: Readonly<Record<Guests, (event: Component) => readonly Property[]>> = {
  silent: (event) =>
    event.properties.map((property) => (isParty(property.name) ? handledByClient(property) : property)),
  text: guestsAsText,
  keep: (event) => event.properties,
}

/** The same guests give the same lines, so that they are not taken for a change. */
function guestsAsText(event: Component): readonly Property[] {
  const parties = [...findAll(event, 'ORGANIZER'), ...findAll(event, 'ATTENDEE')]
  const rest = event.properties.filter((property) => !isParty(property.name))
  if (parties.length === 0) return rest
  const description = find(event, 'DESCRIPTION')
  const before = description === undefined ? '' : `${textOf(description).trimEnd()}\n\n`
  const line = `DESCRIPTION:${escapeText(`${before}${[...new Set(parties.map(nameOf))].join('\n')}`)}`
  return [...rest.filter((property) => property !== description), { name: 'DESCRIPTION', line }]
}

/** `Ann <ann@example.com>`, with a mark that needs no language: organizer ★, accepted ✓, declined ✗, tentative ?. */
function nameOf(party: Property): string {
  const address = rawValue(party)
    .trim()
    .replace(/^mailto:/i, '')
  const name = parameterOf(party, 'CN')?.trim()
  const state = parameterOf(party, 'PARTSTAT')?.toUpperCase() ?? ''
  const mark = party.name === 'ORGANIZER' ? '★' : ({ ACCEPTED: '✓', DECLINED: '✗', TENTATIVE: '?' }[state] ?? '•')
  return `${mark} ${name === undefined || name === '' || name === address ? address : `${name} <${address}>`}`
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
