'use client'

import { Field, Input, type InputProps, makeStyles } from '@fluentui/react-components'
import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form'

const useStyles = makeStyles({ full: { gridColumn: '1 / -1' }, input: { minWidth: 0, width: '100%' } })

interface TextFieldProps<Values extends FieldValues, Name extends FieldPathByValue<Values, string>> {
  readonly control: Control<Values>
  readonly name: Name
  readonly label: string
  readonly hint?: string
  readonly required?: boolean
  /** True, or the reason why not. */
  readonly validate?: (text: string) => true | string
  /** Takes both columns. */
  readonly full?: boolean
  readonly type?: NonNullable<InputProps['type']>
  readonly placeholder?: string
  readonly autoComplete?: string
  readonly onClick?: (input: HTMLInputElement) => void
}

/** A labelled text box of a form, with its hint and, when refused, the reason below it. */
export function TextField<Values extends FieldValues, Name extends FieldPathByValue<Values, string>>(
  props: TextFieldProps<Values, Name>,
) {
  const { control, name, validate, placeholder } = props
  const styles = useStyles()
  const { field, fieldState } = useController({ control, name, ...(validate && { rules: { validate } }) })
  return (
    <Field
      className={props.full === true ? styles.full : undefined}
      label={props.label}
      hint={props.hint ?? null}
      required={props.required ?? false}
      validationMessage={fieldState.error?.message ?? null}
    >
      <Input
        className={styles.input ?? ''}
        type={props.type ?? 'text'}
        placeholder={placeholder}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="none"
        spellCheck={false}
        name={field.name}
        ref={field.ref}
        value={field.value}
        onClick={(event) => props.onClick?.(event.currentTarget)}
        onBlur={field.onBlur}
        onChange={field.onChange}
      />
    </Field>
  )
}
