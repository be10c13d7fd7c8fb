import { useEffect, useRef } from 'react'
import { type DefaultValues, type FieldValues, useForm } from 'react-hook-form'

/** The form of one step. Every change goes up at once, so that no way out of the step loses what was typed. */
export function useStepForm<Values extends FieldValues>(values: Values, onChange: (values: Values) => void) {
  // The library makes every part of its defaults optional; whole values are defaults too.
  const form = useForm<Values>({ defaultValues: values as DefaultValues<Values> })
  const { subscribe } = form
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values: typed }) => latest.current({ ...typed }) }),
    [subscribe],
  )
  return form
}
