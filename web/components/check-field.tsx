'use client'

import { Checkbox, makeStyles } from '@fluentui/react-components'
import { type Control, Controller, type FieldPathByValue, type FieldValues } from 'react-hook-form'

const useStyles = makeStyles({ full: { gridColumn: '1 / -1', marginInlineStart: '-8px' } })

interface CheckFieldProps<Values extends FieldValues, Name extends FieldPathByValue<Values, boolean>> {
  readonly control: Control<Values>
  readonly name: Name
  readonly label: string
  readonly onTicked?: () => void
}

/** A checkbox of a form. `onTicked` runs when a person ticks it. */
export function CheckField<Values extends FieldValues, Name extends FieldPathByValue<Values, boolean>>(
  props: CheckFieldProps<Values, Name>,
) {
  const styles = useStyles()
  return (
    <Controller
      control={props.control}
      name={props.name}
      render={({ field }) => (
        <Checkbox
          className={styles.full ?? ''}
          label={props.label}
          name={field.name}
          ref={field.ref}
          checked={field.value === true}
          onBlur={field.onBlur}
          onChange={(_, data) => {
            field.onChange(data.checked === true)
            if (data.checked === true) props.onTicked?.()
          }}
        />
      )}
    />
  )
}
