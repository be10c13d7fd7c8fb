'use client'

import { type ReactNode, useId } from 'react'
import type { Action } from '../lib/types.ts'
import { rules as texts } from '../texts.ts'
import { ChoiceInput, type ComplaintOf, DurationInput, PropertyInput, TextInput } from './rule-inputs.tsx'

const texted = ['SUMMARY', 'LOCATION', 'DESCRIPTION', 'CATEGORIES', 'URL', 'COMMENT', 'CONTACT', 'COLOR'] as const
const writable = [...texted, 'STATUS', 'CLASS', 'TRANSP'] as const
const removable = [
  'DESCRIPTION',
  'LOCATION',
  'ATTENDEE',
  'ORGANIZER',
  'ATTACH',
  'URL',
  'CATEGORIES',
  'COMMENT',
  'CONTACT',
  'SUMMARY',
] as const

/** Fields that hold one of few words. */
const wordsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  STATUS: texts.statuses,
  CLASS: texts.classes,
  TRANSP: texts.transparencies,
}

interface ActionFieldsProps {
  readonly action: Action
  readonly complaintOf: ComplaintOf
  readonly onChange: (action: Action) => void
}

/** The boxes of one action, whatever its kind. */
export function ActionFields({ action, complaintOf, onChange }: ActionFieldsProps): ReactNode {
  switch (action.do) {
    case 'drop':
    case 'keep':
    case 'strip-alarms':
      return null
    case 'busy': {
      const { text = '', ...rest } = action
      return (
        <TextInput
          label={texts.busyText}
          placeholder={texts.busyPlaceholder}
          value={text}
          complaint={complaintOf('text')}
          onChange={(given) => onChange(given === '' ? rest : { ...rest, text: given })}
        />
      )
    }
    case 'set':
    case 'prefix':
    case 'template':
      return <WrittenFields action={action} complaintOf={complaintOf} onChange={onChange} />
    case 'remove':
      return (
        <PropertyInput
          label={texts.field}
          value={action.property}
          offered={removable}
          complaint={complaintOf('property')}
          onChange={(property) => onChange({ ...action, property })}
        />
      )
    case 'add-alarm':
      return (
        <DurationInput
          label={texts.before}
          value={action.before}
          words={texts.alarmBefore}
          negativeWords={texts.alarmAfter}
          complaint={complaintOf('before')}
          onChange={(before) => onChange({ ...action, before })}
        />
      )
    case 'shift-zone':
      return (
        <ZoneInput zone={action.zone} complaintOf={complaintOf} onChange={(zone) => onChange({ ...action, zone })} />
      )
  }
}

interface WrittenFieldsProps {
  readonly action: Extract<Action, { do: 'set' | 'prefix' | 'template' }>
  readonly complaintOf: ComplaintOf
  readonly onChange: (action: Action) => void
}

const valueLabels = { set: texts.newText, prefix: texts.textBefore, template: texts.template }

function WrittenFields({ action, complaintOf, onChange }: WrittenFieldsProps) {
  const words = action.do === 'set' ? wordsOf[action.property] : undefined
  const isListed = words !== undefined && action.value in words
  const setProperty = (property: string) => {
    const first = Object.keys((action.do === 'set' && wordsOf[property]) || {})[0]
    const leavesWords = words !== undefined && first === undefined
    onChange({ ...action, property, value: first ?? (leavesWords ? '' : action.value) })
  }
  return (
    <>
      <PropertyInput
        label={texts.field}
        value={action.property}
        offered={action.do === 'set' ? writable : texted}
        complaint={complaintOf('property')}
        onChange={setProperty}
      />
      {isListed ? (
        <ChoiceInput
          label={texts.newText}
          value={action.value}
          words={words}
          complaint={complaintOf('value')}
          onChange={(value) => onChange({ ...action, value })}
        />
      ) : (
        <TextInput
          label={valueLabels[action.do]}
          value={action.value}
          complaint={complaintOf('value')}
          onChange={(value) => onChange({ ...action, value })}
        />
      )}
    </>
  )
}

interface ZoneInputProps {
  readonly zone: string
  readonly complaintOf: ComplaintOf
  readonly onChange: (zone: string) => void
}

function ZoneInput({ zone, complaintOf, onChange }: ZoneInputProps) {
  const listId = useId()
  return (
    <>
      <TextInput
        label={texts.zone}
        list={listId}
        placeholder={texts.zonePlaceholder}
        value={zone}
        complaint={complaintOf('zone')}
        onChange={onChange}
      />
      <datalist id={listId}>
        {Intl.supportedValuesOf('timeZone').map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  )
}
