'use client'

import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { type DurationUnit, durationUnits, readDuration, writeDuration } from '../lib/durations.ts'
import { rules as texts } from '../texts.ts'

const useStyles = makeStyles({
  field: { minWidth: 0, flex: '1 1 160px' },
  input: { minWidth: 0, width: '100%' },
  duration: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, '& > *': { minWidth: 0 } },
  amount: { flex: '0 1 72px', width: '72px' },
  unit: { flex: '1 1 110px' },
})

/** What the API says of a field; what is only not written yet is no mistake so far. */
export interface Complaint {
  readonly says: string
  readonly isUnwritten: boolean
}

/** Finds what is the matter with a field of a condition or an action. */
export type ComplaintOf = (field: string) => Complaint | undefined

interface InputProps {
  readonly label: string
  readonly value: string
  readonly complaint: Complaint | undefined
  readonly onChange: (value: string) => void
}

function validation(complaint: Complaint | undefined) {
  if (complaint === undefined) return {}
  const validationState = complaint.isUnwritten ? ('none' as const) : ('error' as const)
  return { validationMessage: complaint.says, validationState }
}

interface TextInputProps extends InputProps {
  readonly hint?: string
  readonly placeholder?: string
  readonly type?: 'text' | 'time'
  /** Suggestions, by the id of their list. */
  readonly list?: string
}

export function TextInput(props: TextInputProps) {
  const { label, hint, value, complaint, placeholder, type = 'text', list, onChange } = props
  const styles = useStyles()
  return (
    <Field className={styles.field ?? ''} label={label} size="small" hint={hint ?? null} {...validation(complaint)}>
      <Input
        className={styles.input ?? ''}
        size="medium"
        type={type}
        list={list}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  )
}

interface ChoiceInputProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly words: Readonly<Record<Value, string>>
  readonly complaint?: Complaint | undefined
  readonly onChange: (value: Value) => void
}

export function ChoiceInput<Value extends string>(props: ChoiceInputProps<Value>) {
  const { label, value, words, complaint, onChange } = props
  const styles = useStyles()
  const values = Object.keys(words) as Value[]
  return (
    <Field className={styles.field ?? ''} label={label} size="small" {...validation(complaint)}>
      <Select
        size="medium"
        value={value}
        onChange={(_, data) => {
          const chosen = values.find((each) => each === data.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {values.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </Select>
    </Field>
  )
}

interface PropertyInputProps extends InputProps {
  /** Names of iCalendar that are offered by a word of everyday language. */
  readonly offered: readonly (keyof typeof texts.fields)[]
}

/** A field of an event: a known one by its everyday name, any other by its name in calendar files. */
export function PropertyInput({ label, value, offered, complaint, onChange }: PropertyInputProps) {
  const styles = useStyles()
  const known = offered.find((name) => name === value)
  return (
    <>
      <Field
        className={styles.field ?? ''}
        label={label}
        size="small"
        {...(known !== undefined && validation(complaint))}
      >
        <Select
          size="medium"
          value={known ?? ''}
          onChange={(_, data) => onChange(data.value === '' ? 'X-' : data.value)}
        >
          {offered.map((name) => (
            <option key={name} value={name}>
              {texts.fields[name]}
            </option>
          ))}
          <option value="">{texts.otherField}</option>
        </Select>
      </Field>
      {known === undefined && (
        <TextInput label={texts.fieldName} value={value} complaint={complaint} onChange={onChange} />
      )}
    </>
  )
}

type UnitWords = Readonly<Record<DurationUnit, string>>

interface DurationInputProps {
  readonly label: string
  /** Undefined: no limit, where that can be chosen. */
  readonly value: string | undefined
  readonly words: UnitWords
  /** The words for durations that count the other way. */
  readonly negativeWords?: UnitWords
  readonly complaint: Complaint | undefined
  readonly onChange: (value: string) => void
  /** Present where no limit can be chosen. */
  readonly onNone?: () => void
}

const blankParts = { amount: '1', unit: 'days', negative: false } as const

/** A duration as a number and a unit; one that these cannot show stays the text that it is. */
export function DurationInput(props: DurationInputProps) {
  const { label, value, words, negativeWords, complaint, onChange, onNone } = props
  const styles = useStyles()
  const parts = value === undefined ? null : readDuration(value)
  const isShown = parts !== null && (!parts.negative || negativeWords !== undefined)
  if (value !== undefined && !isShown) {
    return <TextInput label={label} hint={texts.durationText} value={value} complaint={complaint} onChange={onChange} />
  }
  const shown = parts ?? blankParts
  const choose = (chosen: string) => {
    const [direction, name] = chosen.split(' ')
    const unit = durationUnits.find((each) => each === name)
    if (unit === undefined) onNone?.()
    else onChange(writeDuration({ amount: shown.amount, unit, negative: direction === 'back' }))
  }
  const chosen = parts === null ? '' : `${parts.negative ? 'back' : 'on'} ${parts.unit}`
  return (
    <Field className={styles.field ?? ''} label={label} size="small" {...validation(complaint)}>
      {(control) => (
        <div className={styles.duration}>
          {parts !== null && (
            <Input
              {...control}
              className={styles.amount ?? ''}
              size="medium"
              inputMode="numeric"
              autoComplete="off"
              value={parts.amount}
              onChange={(_, data) => onChange(writeDuration({ ...parts, amount: data.value.replace(/\D/g, '') }))}
            />
          )}
          <Select
            className={styles.unit ?? ''}
            size="medium"
            aria-label={texts.unit(label)}
            value={chosen}
            onChange={(_, data) => choose(data.value)}
          >
            {onNone && <option value="">{texts.noLimit}</option>}
            {durationUnits.map((unit) => (
              <option key={unit} value={`on ${unit}`}>
                {words[unit]}
              </option>
            ))}
            {negativeWords &&
              durationUnits.map((unit) => (
                <option key={unit} value={`back ${unit}`}>
                  {negativeWords[unit]}
                </option>
              ))}
          </Select>
        </div>
      )}
    </Field>
  )
}
