'use client'

import { useForm } from 'react-hook-form'
import { api } from '../lib/api.ts'
import type { Destination, Kind, Source } from '../lib/types.ts'
import { useSave } from '../lib/use-save.ts'
import { attention, signIn, form as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { TextField } from './text-field.tsx'

interface SignInDialogProps {
  readonly kind: Kind
  readonly item: Source | Destination
  readonly open: boolean
  readonly onClose: () => void
}

/** Asks for a user name and password after a refused login; everything else of the item stays as it is. */
export function SignInDialog({ kind, item, open, onClose }: SignInDialogProps) {
  const alert = useAlert()
  const { control, handleSubmit, setError, formState } = useForm({
    defaultValues: { username: item.username, password: '' },
  })
  const { saving, save } = useSave(kind, {
    onSaved: () => {
      alert('success', signIn.saved(item.name))
      onClose()
    },
    onRefused: (message) => setError('root', { message }),
  })
  const filled = (label: string) => (text: string) => text.trim() !== '' || texts.empty(label)
  const update = (body: { username: string; password: string; paused: boolean }) =>
    kind === 'source' ? api.updateSource(item.id, body) : api.updateDestination(item.id, body)
  return (
    <FormDialog
      open={open}
      title={`${attention.signIn}: ${item.name}`}
      submitLabel={signIn.submit}
      saving={saving}
      dirty={formState.isDirty}
      problem={formState.errors.root?.message}
      onClose={onClose}
      onSubmit={handleSubmit((values) => save(() => update({ ...values, paused: false })))}
    >
      <TextField
        label={texts.username}
        required
        full
        control={control}
        name="username"
        validate={filled(texts.username)}
      />
      <TextField
        label={texts.password}
        hint={signIn.hint}
        type="password"
        autoComplete="new-password"
        required
        full
        control={control}
        name="password"
        validate={filled(texts.password)}
      />
    </FormDialog>
  )
}
