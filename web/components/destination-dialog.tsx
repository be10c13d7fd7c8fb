'use client'

import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { api } from '../lib/api.ts'
import { destinationField } from '../lib/field-errors.ts'
import {
  type DestinationValues,
  destinationBody,
  destinationChanges,
  destinationLike,
  destinationValues,
  newDestination,
  optionsOf,
} from '../lib/form-values.ts'
import type { Destination, OverlapEntry } from '../lib/types.ts'
import { serverChanged } from '../lib/url.ts'
import { useSave } from '../lib/use-save.ts'
import { actions, form as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { CheckField } from './check-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { IntervalField } from './interval-field.tsx'
import { OverlapDialog } from './overlap-dialog.tsx'
import { TextField } from './text-field.tsx'
import { UploadButton } from './upload-button.tsx'

interface DestinationDialogProps {
  /** Null: a new one. */
  readonly destination: Destination | null
  /** A new one that begins with the settings of this one. */
  readonly like?: Destination
  readonly open: boolean
  readonly onClose: () => void
}

export function DestinationDialog({ destination, like, open, onClose }: DestinationDialogProps) {
  const alert = useAlert()
  const [overlapping, setOverlapping] = useState<readonly OverlapEntry[]>([])
  const { control, handleSubmit, setError, setValue, getValues, watch, formState } = useForm<DestinationValues>({
    defaultValues:
      destination !== null ? destinationValues(destination) : like ? destinationLike(like) : newDestination,
  })
  const { errors, isDirty } = formState
  const { saving, save } = useSave('destination', {
    onSaved: (message) => {
      alert('success', message)
      onClose()
    },
    onRefused: (message) => {
      const field = destinationField(message)
      if (field === null) setError('root', { message })
      else setError(field, { message }, { shouldFocus: true })
    },
  })

  const send = (values: DestinationValues) =>
    destination === null
      ? api.createDestination({ ...(like && optionsOf(like)), ...destinationBody(values) })
      : api.updateDestination(destination.id, destinationChanges(destination, values))

  const sendUnlessOverlapping = async (values: DestinationValues) => {
    const others = await api.overlaps(values.caldav_url, values.calendar_name, destination?.id ?? null)
    setOverlapping(others)
    return others.length > 0 ? null : send(values)
  }

  const filled = (label: string) => (text: string) => text.trim() !== '' || texts.empty(label)
  const movedServer = destination !== null && serverChanged(destination.caldav_url, watch('caldav_url'))
  const needsPassword = destination === null || movedServer
  const passwordHint = movedServer ? texts.passwordForNewServer : texts.keepPassword

  return (
    <>
      <FormDialog
        open={open}
        title={destination === null ? texts.newDestination : texts.editDestination}
        submitLabel={destination === null ? actions.create : actions.update}
        saving={saving}
        dirty={isDirty}
        problem={errors.root?.message}
        notice={like?.connection || like?.feed_connection ? texts.copyLacksConnection : undefined}
        onClose={onClose}
        onSubmit={handleSubmit((values) => save(() => sendUnlessOverlapping(values)))}
      >
        <TextField label={texts.name} required full control={control} name="name" validate={filled(texts.name)} />
        <TextField
          label={texts.icsUrl}
          type="url"
          required
          full
          control={control}
          name="ics_url"
          validate={filled(texts.icsUrl)}
        />
        <UploadButton
          onUploaded={(icsUrl) => setValue('ics_url', icsUrl, { shouldDirty: true, shouldValidate: true })}
        />
        <TextField
          label={texts.serverUrl}
          hint={texts.caldavUrlHint}
          type="url"
          required
          full
          control={control}
          name="caldav_url"
          validate={filled(texts.serverUrl)}
        />
        <TextField
          label={texts.calendarName}
          hint={texts.calendarNameHint}
          required
          full
          control={control}
          name="calendar_name"
          validate={filled(texts.calendarName)}
        />
        <TextField
          label={texts.caldavUsername}
          required
          control={control}
          name="username"
          validate={filled(texts.caldavUsername)}
        />
        <TextField
          label={texts.caldavPassword}
          type="password"
          autoComplete="new-password"
          required={needsPassword}
          {...(destination !== null && {
            hint: passwordHint,
            placeholder: movedServer ? '' : texts.keepPasswordPlaceholder,
          })}
          control={control}
          name="password"
          validate={(text) => !needsPassword || filled(texts.caldavPassword)(text)}
        />
        <IntervalField control={control} name="interval" />
        <CheckField control={control} name="sync_all" label={texts.syncAll} />
        <CheckField control={control} name="keep_local" label={texts.keepLocal} />
      </FormDialog>
      <OverlapDialog
        overlapping={overlapping}
        saving={saving}
        onCancel={() => setOverlapping([])}
        onContinue={() => {
          setOverlapping([])
          return save(() => send(getValues()))
        }}
      />
    </>
  )
}
