'use client'

import { Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useId } from 'react'
import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form'
import { type IntervalValues, isInterval } from '../lib/form-values.ts'
import { form } from '../texts.ts'

const useStyles = makeStyles({
  group: { gridColumn: '1 / -1', border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXS },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  boxes: { display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: tokens.spacingHorizontalM },
  input: { minWidth: 0, width: '100%' },
  error: {
    margin: `${tokens.spacingVerticalXXS} 0 0`,
    color: tokens.colorStatusDangerForeground1,
    fontSize: tokens.fontSizeBase200,
  },
})

const boxes = [
  ['hours', form.hours],
  ['minutes', form.minutes],
  ['seconds', form.seconds],
] as const

interface IntervalFieldProps<Values extends FieldValues, Name extends FieldPathByValue<Values, IntervalValues>> {
  readonly control: Control<Values>
  readonly name: Name
}

/** The time between two runs in three boxes, which are one value of the form. */
export function IntervalField<Values extends FieldValues, Name extends FieldPathByValue<Values, IntervalValues>>({
  control,
  name,
}: IntervalFieldProps<Values, Name>) {
  const styles = useStyles()
  const errorId = useId()
  const { field, fieldState } = useController({
    control,
    name,
    rules: { validate: (values: IntervalValues) => isInterval(values) || form.notANumber },
  })
  const values: IntervalValues = field.value
  const error = fieldState.error?.message
  return (
    <fieldset className={styles.group} aria-describedby={error === undefined ? undefined : errorId}>
      <legend className={styles.legend}>
        {form.interval} <span className={styles.hint}>{form.intervalHint}</span>
      </legend>
      <div className={styles.boxes}>
        {boxes.map(([part, label], place) => (
          <Field key={part} label={label} size="small" validationState={error === undefined ? 'none' : 'error'}>
            <Input
              className={styles.input ?? ''}
              type="number"
              min={0}
              step={1}
              inputMode="numeric"
              size="medium"
              ref={place === 0 ? field.ref : null}
              value={values[part]}
              onBlur={field.onBlur}
              onChange={(_, data) => field.onChange({ ...values, [part]: data.value })}
            />
          </Field>
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  )
}
