'use client'

import { useForm } from 'react-hook-form'
import { api } from '../lib/api.ts'
import { sourceField } from '../lib/field-errors.ts'
import {
  newSource,
  type SourceValues,
  sourceBody,
  sourceChanges,
  sourceLike,
  sourceValues,
} from '../lib/form-values.ts'
import { makePublicPath } from '../lib/public-path.ts'
import type { Source } from '../lib/types.ts'
import { serverChanged } from '../lib/url.ts'
import { useSave } from '../lib/use-save.ts'
import { actions, form as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { CheckField } from './check-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { IntervalField } from './interval-field.tsx'
import { TextField } from './text-field.tsx'

interface SourceDialogProps {
  /** Null: a new one. */
  readonly source: Source | null
  /** A new one that begins with the settings of this one. */
  readonly like?: Source
  readonly open: boolean
  readonly onClose: () => void
}

export function SourceDialog({ source, like, open, onClose }: SourceDialogProps) {
  const alert = useAlert()
  const { control, handleSubmit, setError, setValue, getValues, watch, formState } = useForm<SourceValues>({
    defaultValues: source !== null ? sourceValues(source) : like ? sourceLike(like) : newSource,
  })
  const { errors, isDirty } = formState
  const { saving, save } = useSave('source', {
    onSaved: (message) => {
      alert('success', message)
      onClose()
    },
    onRefused: (message) => {
      const field = sourceField(message, getValues('ics_path'))
      if (field === null) setError('root', { message })
      else setError(field, { message }, { shouldFocus: true })
    },
  })

  const filled = (label: string) => (text: string) => text.trim() !== '' || texts.empty(label)
  const movedServer = source !== null && serverChanged(source.caldav_url, watch('caldav_url'))
  const needsPassword = source === null || movedServer
  const passwordHint = movedServer ? texts.passwordForNewServer : texts.keepPassword

  const suggestPublicPath = () => {
    const { name, username, public_ics_path: path } = getValues()
    if (path === '') setValue('public_ics_path', makePublicPath(name, username), { shouldDirty: true })
  }

  return (
    <FormDialog
      open={open}
      title={source === null ? texts.newSource : texts.editSource}
      submitLabel={source === null ? actions.create : actions.update}
      saving={saving}
      dirty={isDirty}
      problem={errors.root?.message}
      notice={like?.connection ? texts.copyLacksConnection : undefined}
      onClose={onClose}
      onSubmit={handleSubmit((values) =>
        save(() =>
          source === null
            ? api.createSource({ ...(like && { calendars: like.calendars }), ...sourceBody(values) })
            : api.updateSource(source.id, sourceChanges(source, values)),
        ),
      )}
    >
      <TextField label={texts.name} required full control={control} name="name" validate={filled(texts.name)} />
      <TextField
        label={texts.caldavUrl}
        hint={texts.caldavUrlHint}
        type="url"
        required
        full
        control={control}
        name="caldav_url"
        validate={filled(texts.caldavUrl)}
      />
      <TextField label={texts.username} required control={control} name="username" validate={filled(texts.username)} />
      <TextField
        label={texts.password}
        type="password"
        autoComplete="new-password"
        required={needsPassword}
        {...(source !== null && { hint: passwordHint, placeholder: movedServer ? '' : texts.keepPasswordPlaceholder })}
        control={control}
        name="password"
        validate={(text) => !needsPassword || filled(texts.password)(text)}
      />
      <TextField
        label={texts.icsPath}
        hint={texts.icsPathHint}
        required
        full
        control={control}
        name="ics_path"
        validate={filled(texts.icsPath)}
      />
      <IntervalField control={control} name="interval" />
      <CheckField control={control} name="public_ics" label={texts.makePublic} onTicked={suggestPublicPath} />
      {watch('public_ics') && (
        <TextField label={texts.publicPath} hint={texts.publicPathHint} full control={control} name="public_ics_path" />
      )}
    </FormDialog>
  )
}
