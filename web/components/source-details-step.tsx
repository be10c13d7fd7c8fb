'use client'

import { useEffect, useRef } from 'react'
import { sourceField } from '../lib/field-errors.ts'
import { feedOrigin } from '../lib/http.ts'
import { makePublicPath } from '../lib/public-path.ts'
import { useLinks } from '../lib/queries.ts'
import { feedUrl } from '../lib/url.ts'
import { useStepForm } from '../lib/use-step-form.ts'
import { useTask } from '../lib/use-task.ts'
import { freePath, type SourceDetails } from '../lib/wizard-values.ts'
import { addSource, form } from '../texts.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { IntervalField } from './interval-field.tsx'
import { StepForm } from './step-form.tsx'
import { TextField } from './text-field.tsx'

const texts = addSource.details

interface SourceDetailsStepProps {
  readonly details: SourceDetails
  readonly username: string
  readonly onChange: (details: SourceDetails) => void
  /** Makes the source; what it throws is a sentence for people. */
  readonly onCreate: (details: SourceDetails) => Promise<void>
}

/** What the feed is called, where it is served, how often it is read, and by whom. */
export function SourceDetailsStep({ details, username, onChange, onCreate }: SourceDetailsStepProps) {
  const task = useTask()
  const links = useLinks()
  const { control, handleSubmit, setError, setValue, getValues } = useStepForm(details, onChange)
  const { name, ics_path, public_ics, public_ics_path } = details
  const taken = new Set(links.data?.map(({ path }) => path))
  const suggested = freePath(name, taken)
  const last = useRef(suggested)

  useEffect(() => {
    const path = getValues('ics_path')
    // A path that somebody wrote by hand is theirs.
    if (path === '' || path === last.current) setValue('ics_path', suggested)
    last.current = suggested
  }, [suggested, getValues, setValue])

  const chooseReaders = (open: boolean) => {
    setValue('public_ics', open)
    if (open && public_ics_path === '') setValue('public_ics_path', makePublicPath(name, username))
  }

  const create = (values: SourceDetails) =>
    task.run(
      () => onCreate(values),
      (message) => {
        const field = sourceField(message, values.ics_path)
        if (field === null || field === 'caldav_url' || field === 'username' || field === 'password') return false
        setError(field, { message }, { shouldFocus: true })
        return true
      },
    )

  const filled = (label: string) => (text: string) => text.trim() !== '' || form.empty(label)
  return (
    <StepForm
      heading={texts.heading}
      task={task}
      next={{ label: texts.next, busyLabel: texts.creating, unstoppable: true }}
      onNext={handleSubmit(create)}
    >
      <TextField
        label={form.name}
        hint={texts.nameHint}
        required
        control={control}
        name="name"
        validate={filled(form.name)}
      />
      <TextField
        label={texts.path}
        required
        control={control}
        name="ics_path"
        {...(ics_path !== '' && { hint: texts.pathHint(feedUrl(feedOrigin(), '/ics', ics_path)) })}
        validate={filled(texts.path)}
      />
      <ChoiceCards
        label={texts.readers}
        value={public_ics ? 'anyone' : 'login'}
        choices={[
          { value: 'login', title: texts.withLogin, about: texts.withLoginAbout },
          { value: 'anyone', title: texts.anyone, about: texts.anyoneAbout },
        ]}
        onChange={(value) => chooseReaders(value === 'anyone')}
      />
      {public_ics && (
        <TextField
          label={texts.publicPath}
          control={control}
          name="public_ics_path"
          hint={texts.pathHint(feedUrl(feedOrigin(), '/ics/public', public_ics_path || ics_path))}
        />
      )}
      <IntervalField control={control} name="interval" />
    </StepForm>
  )
}
