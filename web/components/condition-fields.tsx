'use client'

import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConditionOf } from '../lib/rule-edit.ts'
import type { Condition } from '../lib/types.ts'
import { rules as texts } from '../texts.ts'
import { ChoiceInput, type ComplaintOf, DurationInput, PropertyInput, TextInput } from './rule-inputs.tsx'

const useStyles = makeStyles({
  days: { border: 'none', margin: 0, padding: 0, minWidth: 0, flex: '1 1 100%' },
  legend: { padding: 0, fontSize: tokens.fontSizeBase200 },
  boxes: { display: 'flex', flexWrap: 'wrap', marginInlineStart: '-8px' },
  error: { margin: 0, color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
})

const readable = [
  'SUMMARY',
  'LOCATION',
  'DESCRIPTION',
  'ORGANIZER',
  'ATTENDEE',
  'CATEGORIES',
  'URL',
  'COMMENT',
  'CONTACT',
] as const

interface ConditionFieldsProps {
  readonly condition: Condition
  readonly complaintOf: ComplaintOf
  readonly onChange: (condition: Condition) => void
}

/** The boxes of one condition, whatever its kind. */
export function ConditionFields({ condition, complaintOf, onChange }: ConditionFieldsProps): ReactNode {
  switch (condition.if) {
    case 'text':
      return (
        <>
          <PropertyInput
            label={texts.field}
            value={condition.property}
            offered={readable}
            complaint={complaintOf('property')}
            onChange={(property) => onChange({ ...condition, property })}
          />
          <ChoiceInput
            label={texts.compare}
            value={condition.is}
            words={texts.comparisons}
            onChange={(is) => onChange({ ...condition, is })}
          />
          <TextInput
            label={condition.is === 'matches' ? texts.pattern : texts.text}
            value={condition.value}
            complaint={complaintOf('value')}
            onChange={(value) => onChange({ ...condition, value })}
          />
        </>
      )
    case 'category':
    case 'calendar':
      return (
        <TextInput
          label={texts[condition.if]}
          value={condition.value}
          complaint={complaintOf('value')}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )
    case 'window':
      return <WindowFields condition={condition} complaintOf={complaintOf} onChange={onChange} />
    case 'weekday':
      return <DayBoxes condition={condition} complaintOf={complaintOf} onChange={onChange} />
    case 'hours':
      return (
        <>
          <TextInput
            label={texts.from}
            type={clockType(condition.from)}
            value={condition.from}
            complaint={complaintOf('from')}
            onChange={(from) => onChange({ ...condition, from })}
          />
          <TextInput
            label={texts.to}
            type={clockType(condition.to)}
            value={condition.to}
            complaint={complaintOf('to')}
            onChange={(to) => onChange({ ...condition, to })}
          />
        </>
      )
    case 'duration':
      return <LengthFields condition={condition} complaintOf={complaintOf} onChange={onChange} />
    case 'all-day':
      return null
    case 'status':
      return (
        <ChoiceInput
          label={texts.status}
          value={condition.value}
          words={texts.statuses}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )
    case 'participation':
      return <AnswerFields condition={condition} complaintOf={complaintOf} onChange={onChange} />
    case 'transparency':
      return (
        <ChoiceInput
          label={texts.transparency}
          value={condition.value}
          words={texts.transparencies}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )
    case 'class':
      return (
        <ChoiceInput
          label={texts.class}
          value={condition.value}
          words={texts.classes}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )
  }
}

/** A box for times shows nothing at all for what it does not know, such as 24:00 or 9:00. */
function clockType(value: string): 'time' | 'text' {
  return value === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? 'time' : 'text'
}

interface FieldsProps<Kind extends Condition['if']> {
  readonly condition: ConditionOf<Kind>
  readonly complaintOf: ComplaintOf
  readonly onChange: (condition: Condition) => void
}

function WindowFields({ condition, complaintOf, onChange }: FieldsProps<'window'>) {
  const { from: _from, ...withoutFrom } = condition
  const { to: _to, ...withoutTo } = condition
  const words = { words: texts.ahead, negativeWords: texts.ago }
  return (
    <>
      <DurationInput
        label={texts.from}
        value={condition.from}
        {...words}
        complaint={complaintOf('from')}
        onChange={(from) => onChange({ ...condition, from })}
        onNone={() => onChange(withoutFrom)}
      />
      <DurationInput
        label={texts.to}
        value={condition.to}
        {...words}
        complaint={complaintOf('to')}
        onChange={(to) => onChange({ ...condition, to })}
        onNone={() => onChange(withoutTo)}
      />
    </>
  )
}

function LengthFields({ condition, complaintOf, onChange }: FieldsProps<'duration'>) {
  const { at_least: _least, ...withoutLeast } = condition
  const { at_most: _most, ...withoutMost } = condition
  return (
    <>
      <DurationInput
        label={texts.atLeast}
        value={condition.at_least}
        words={texts.length}
        complaint={complaintOf('at_least')}
        onChange={(atLeast) => onChange({ ...condition, at_least: atLeast })}
        onNone={() => onChange(withoutLeast)}
      />
      <DurationInput
        label={texts.atMost}
        value={condition.at_most}
        words={texts.length}
        complaint={complaintOf('at_most')}
        onChange={(atMost) => onChange({ ...condition, at_most: atMost })}
        onNone={() => onChange(withoutMost)}
      />
    </>
  )
}

function DayBoxes({ condition, complaintOf, onChange }: FieldsProps<'weekday'>) {
  const styles = useStyles()
  const all = Object.keys(texts.dayNames) as (keyof typeof texts.dayNames)[]
  const complaint = complaintOf('days')
  return (
    <fieldset className={styles.days}>
      <legend className={styles.legend}>{texts.days}</legend>
      <div className={styles.boxes}>
        {all.map((day) => (
          <Checkbox
            key={day}
            label={texts.dayNames[day]}
            checked={condition.days.includes(day)}
            onChange={(_, data) => {
              const chosen = all.filter((each) =>
                each === day ? data.checked === true : condition.days.includes(each),
              )
              onChange({ ...condition, days: chosen })
            }}
          />
        ))}
      </div>
      {complaint && (
        <p role="alert" className={styles.error}>
          {complaint.says}
        </p>
      )}
    </fieldset>
  )
}

function AnswerFields({ condition, complaintOf, onChange }: FieldsProps<'participation'>) {
  const { me, ...rest } = condition
  return (
    <>
      <ChoiceInput
        label={texts.answer}
        value={condition.value}
        words={texts.answers}
        onChange={(value) => onChange({ ...condition, value })}
      />
      <TextInput
        label={texts.me}
        hint={texts.meHint}
        // Blanks around an address say nothing to the service; kept, they do not hinder the typing.
        value={me?.join(',') ?? ''}
        complaint={complaintOf('me')}
        onChange={(text) => onChange(text === '' ? rest : { ...rest, me: text.split(',') })}
      />
    </>
  )
}
