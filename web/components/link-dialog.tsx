'use client'

import { Field, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { api } from '../lib/api.ts'
import { type LinkValues, linkBody, linkField, newLink } from '../lib/link-form.ts'
import { usePresets } from '../lib/queries.ts'
import type { Source } from '../lib/types.ts'
import { useSave } from '../lib/use-save.ts'
import { linkForm as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { CheckField } from './check-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { ExpiryField, FreshnessField, MarkField, SourcesField } from './link-fields.tsx'
import { TextField } from './text-field.tsx'

const useStyles = makeStyles({ full: { gridColumn: '1 / -1' } })

interface LinkDialogProps {
  readonly sources: readonly Source[]
  readonly open: boolean
  readonly onClose: () => void
}

/** Makes a link; everything but its sources may be left as it is. */
export function LinkDialog({ sources, open, onClose }: LinkDialogProps) {
  const styles = useStyles()
  const alert = useAlert()
  const presets = usePresets().data ?? []
  const [presetId, setPresetId] = useState('')
  const preset = presets.find(({ id }) => id === presetId)
  const only = sources.length === 1 ? sources.map(({ id }) => id) : []
  const { control, handleSubmit, setError, watch, formState } = useForm<LinkValues>({ defaultValues: newLink(only) })
  const { saving, save } = useSave('links', {
    onSaved: (message) => {
      alert('success', message)
      onClose()
    },
    onRefused: (message) => {
      const field = linkField(message)
      if (field === null) setError('root', { message })
      else setError(field, { message }, { shouldFocus: true })
    },
  })
  const guessable = watch('is_public') && watch('path').trim() !== ''
  return (
    <FormDialog
      open={open}
      title={texts.newTitle}
      submitLabel={texts.create}
      saving={saving}
      dirty={formState.isDirty || presetId !== ''}
      problem={formState.errors.root?.message}
      onClose={onClose}
      onSubmit={handleSubmit((values) =>
        save(() => api.createLink({ ...linkBody(values), ...(preset && { rules: preset.rules }) })),
      )}
    >
      <TextField label={texts.label} hint={texts.labelHint} full control={control} name="label" />
      <SourcesField control={control} sources={sources} />
      <Field className={styles.full ?? ''} label={texts.preset} hint={preset?.about ?? texts.presetHint}>
        <Select value={presetId} onChange={(_, data) => setPresetId(data.value)}>
          <option value="">{texts.noPreset}</option>
          {presets.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      <TextField
        label={texts.path}
        hint={guessable ? texts.pathOpen : texts.pathHint}
        full
        control={control}
        name="path"
      />
      <CheckField label={texts.open} control={control} name="is_public" />
      <ExpiryField control={control} />
      <FreshnessField control={control} />
      <MarkField control={control} />
    </FormDialog>
  )
}
