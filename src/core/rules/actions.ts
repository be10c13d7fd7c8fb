/** Actions of rules that change one event, made ready to be carried out. */

import { durationText } from '../ical/feed-header.ts'
import type { Component } from '../ical/model.ts'
import { find, textOf } from '../ical/property.ts'
import { secondsOf } from './conditions.ts'
import { compileTemplate, removableProperty, withText, writableProperty } from './fields.ts'
import type { Action } from './rule.ts'

export type EventChange = (event: Component, calendar: string) => Component

/** Null for what is no change of a single event. Throws RuleError for what cannot be done. */
export function compileAction(action: Action, path: string): EventChange | null {
  switch (action.do) {
    case 'set': {
      const name = writableProperty(action.property, action.value, `${path}.property`)
      return (event) => withText(event, name, action.value)
    }
    case 'prefix': {
      const name = writableProperty(action.property, null, `${path}.property`)
      return (event) => {
        const property = find(event, name)
        const text = property === undefined ? '' : textOf(property)
        return text.startsWith(action.value) ? event : withText(event, name, action.value + text)
      }
    }
    case 'template': {
      const name = writableProperty(action.property, null, `${path}.property`)
      const fill = compileTemplate(action.value, `${path}.value`)
      return (event, calendar) => withText(event, name, fill(event, calendar))
    }
    case 'remove': {
      const name = removableProperty(action.property, `${path}.property`)
      return (event) => ({ ...event, properties: event.properties.filter((property) => property.name !== name) })
    }
    case 'strip-alarms':
      return withoutAlarms
    case 'add-alarm': {
      const seconds = secondsOf(action.before, `${path}.before`) ?? 0
      const trigger = `${seconds < 0 ? '' : '-'}${durationText(Math.abs(seconds))}`
      return (event) => ({ ...event, components: [...event.components, alarm(event, trigger)] })
    }
    default:
      return null
  }
}

function withoutAlarms(event: Component): Component {
  const components = event.components.filter(({ name }) => name !== 'VALARM')
  return components.length === event.components.length ? event : { ...event, components }
}

function alarm(event: Component, trigger: string): Component {
  const summary = find(event, 'SUMMARY')?.line.replace(/^[^:;]*/, 'DESCRIPTION') ?? 'DESCRIPTION:Reminder'
  return {
    name: 'VALARM',
    properties: [
      { name: 'ACTION', line: 'ACTION:DISPLAY' },
      { name: 'TRIGGER', line: `TRIGGER:${trigger}` },
      { name: 'DESCRIPTION', line: summary },
    ],
    components: [],
  }
}
