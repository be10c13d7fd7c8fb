'use client'

import { makeStyles } from '@fluentui/react-components'
import { useForm } from 'react-hook-form'
import { api } from '../lib/api.ts'
import type { Destination } from '../lib/types.ts'
import { useSave } from '../lib/use-save.ts'
import { review as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { TextField } from './text-field.tsx'

const most = 1_000_000

const useStyles = makeStyles({ text: { gridColumn: '1 / -1', margin: 0 } })

interface LimitDialogProps {
  readonly destination: Destination
  readonly open: boolean
  readonly onClose: () => void
}

/** How many deletions of one run need no answer; an empty field is the usual number. */
export function LimitDialog({ destination: { id, name, held, delete_limit }, open, onClose }: LimitDialogProps) {
  const styles = useStyles()
  const alert = useAlert()
  const { control, handleSubmit, setError, formState } = useForm({
    defaultValues: { limit: delete_limit === null ? '' : String(delete_limit) },
  })
  const { saving, save } = useSave('destination', {
    onSaved: (message) => {
      alert('success', `${name}: ${message}`)
      onClose()
    },
    onRefused: (message) => setError('root', { message }),
  })
  return (
    <FormDialog
      open={open}
      title={texts.limitTitle(name)}
      submitLabel={texts.limitSave}
      saving={saving}
      dirty={formState.isDirty}
      problem={formState.errors.root?.message}
      onClose={onClose}
      onSubmit={handleSubmit(({ limit }) =>
        save(() => api.updateDestination(id, { delete_limit: limit.trim() === '' ? null : Number(limit) })),
      )}
    >
      {held > 0 && <p className={styles.text}>{texts.limitWaiting(held)}</p>}
      <TextField
        label={texts.limitLabel}
        hint={texts.limitHint}
        full
        control={control}
        name="limit"
        validate={(text) => isLimit(text.trim()) || texts.limitRange}
      />
    </FormDialog>
  )
}

function isLimit(text: string): boolean {
  return text === '' || (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= most)
}
