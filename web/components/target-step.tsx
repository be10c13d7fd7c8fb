'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { Controller } from 'react-hook-form'
import { destinationField } from '../lib/field-errors.ts'
import type { FoundCalendar } from '../lib/types.ts'
import { useStepForm } from '../lib/use-step-form.ts'
import { useTask } from '../lib/use-task.ts'
import type { TargetValues } from '../lib/wizard-values.ts'
import { addDestination, form } from '../texts.ts'
import { CalendarLabel } from './calendar-label.tsx'
import { CheckField } from './check-field.tsx'
import { ChoiceCards } from './choice-cards.tsx'
import { IntervalField } from './interval-field.tsx'
import { StepForm } from './step-form.tsx'
import { TextField } from './text-field.tsx'

const texts = addDestination.target

/** No address of a calendar reads like this. */
const fresh = 'new'

const useStyles = makeStyles({ note: { margin: 0, color: tokens.colorNeutralForeground3 } })

interface TargetStepProps {
  readonly calendars: readonly FoundCalendar[]
  readonly target: TargetValues
  readonly onChange: (target: TargetValues) => void
  /** Compares feed and calendar; what it throws is a sentence for people. */
  readonly onNext: (target: TargetValues, signal: AbortSignal) => Promise<void>
}

/** Which calendar is written to, how often, and what the destination is called. */
export function TargetStep({ calendars, target, onChange, onNext }: TargetStepProps) {
  const styles = useStyles()
  const task = useTask()
  const { control, handleSubmit, setError, setValue } = useStepForm(target, onChange)
  const open = calendars.filter(({ writable }) => writable !== false)
  const isTaken = (name: string) =>
    calendars.some(({ display_name }) => display_name.trim().toLowerCase() === name.trim().toLowerCase())

  const compare = (values: TargetValues) =>
    task.run(
      (signal) => onNext(values, signal),
      (message) => {
        const field = destinationField(message)
        if (field === 'name' || field === 'interval') setError(field, { message }, { shouldFocus: true })
        else if (field === 'calendar_name' && values.calendar === null) setError('new_name', { message })
        else return false
        return true
      },
    )

  const filled = (label: string) => (text: string) => text.trim() !== '' || form.empty(label)
  return (
    <StepForm
      heading={texts.heading}
      intro={texts.intro}
      task={task}
      next={{ label: texts.next, busyLabel: texts.looking }}
      onNext={handleSubmit(compare)}
    >
      <Controller
        control={control}
        name="calendar"
        rules={{ validate: (url) => url === null || open.some((each) => each.url === url) || texts.none }}
        render={({ field, fieldState }) => (
          <ChoiceCards
            label={texts.list}
            value={field.value === null ? fresh : field.value}
            error={fieldState.error?.message ?? null}
            choices={[
              ...open.map((calendar) => ({ value: calendar.url, title: <CalendarLabel calendar={calendar} /> })),
              { value: fresh, title: texts.fresh, about: texts.freshAbout },
            ]}
            onChange={(value) => {
              setValue('calendar', value === fresh ? null : value, { shouldValidate: true })
            }}
          />
        )}
      />
      {open.length < calendars.length && (
        <p className={styles.note}>{texts.readOnly(calendars.length - open.length)}</p>
      )}
      {target.calendar === null && (
        <TextField
          label={texts.newName}
          required
          control={control}
          name="new_name"
          validate={(text) => (isTaken(text) ? texts.newNameTaken : filled(texts.newName)(text))}
        />
      )}
      <TextField
        label={texts.name}
        hint={texts.nameHint}
        required
        control={control}
        name="name"
        validate={filled(texts.name)}
      />
      <IntervalField control={control} name="interval" />
      <CheckField control={control} name="sync_all" label={form.syncAll} />
    </StepForm>
  )
}
