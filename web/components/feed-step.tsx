'use client'

import { Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { QuestionCircleRegular } from '@fluentui/react-icons'
import { useQueryClient } from '@tanstack/react-query'
import { Controller } from 'react-hook-form'
import { api } from '../lib/api.ts'
import { destinationField } from '../lib/field-errors.ts'
import { useSources } from '../lib/queries.ts'
import { useStepForm } from '../lib/use-step-form.ts'
import { useTask } from '../lib/use-task.ts'
import { inspectKey } from '../lib/wizard-queries.ts'
import { type FeedValues, type FeedWay, feedUrlOf } from '../lib/wizard-values.ts'
import { addDestination, form } from '../texts.ts'
import { Expander } from './card.tsx'
import { ChoiceCards } from './choice-cards.tsx'
import { Detail, DetailList } from './details.tsx'
import { StepForm } from './step-form.tsx'
import { TextField } from './text-field.tsx'
import { UploadButton } from './upload-button.tsx'

const texts = addDestination.feed
const ways: readonly FeedWay[] = ['address', 'file', 'source']
const fields = { address: 'address', file: 'file', source: 'source' } as const

const useStyles = makeStyles({
  file: { display: 'grid', gap: tokens.spacingVerticalS },
  name: { overflowWrap: 'anywhere', fontWeight: tokens.fontWeightSemibold },
})

interface FeedStepProps {
  readonly feed: FeedValues
  readonly onChange: (feed: FeedValues) => void
  readonly onNext: () => void
}

/** Where the events come from: an address, a file, or a source of this service. */
export function FeedStep({ feed, onChange, onNext }: FeedStepProps) {
  const styles = useStyles()
  const client = useQueryClient()
  const task = useTask()
  const sources = useSources()
  const { control, handleSubmit, setError, setValue, clearErrors } = useStepForm(feed, onChange)

  const look = (values: FeedValues) =>
    task.run(
      async (signal) => {
        const url = feedUrlOf(values)
        client.setQueryData(inspectKey(url), await api.inspect(url, signal))
        onNext()
      },
      (message) => {
        if (destinationField(message) !== 'ics_url') return false
        setError(fields[values.way], { message }, { shouldFocus: true })
        return true
      },
    )

  return (
    <StepForm
      heading={texts.heading}
      task={task}
      next={{ label: texts.next, busyLabel: texts.looking }}
      onNext={handleSubmit(look)}
    >
      <ChoiceCards
        label={texts.way}
        value={feed.way}
        choices={ways.map((way) => ({ value: way, ...texts.ways[way] }))}
        onChange={(way) => {
          setValue('way', way)
          clearErrors()
        }}
      />
      {feed.way === 'address' && (
        <>
          <TextField
            key="address"
            label={texts.address}
            hint={texts.addressHint}
            type="url"
            required
            control={control}
            name="address"
            validate={(text) => text.trim() !== '' || form.empty(texts.address)}
          />
          <Expander icon={<QuestionCircleRegular />} title={texts.where}>
            <DetailList>
              {texts.places.map(({ name, steps }) => (
                <Detail key={name} term={name}>
                  {steps}
                </Detail>
              ))}
            </DetailList>
          </Expander>
        </>
      )}
      {feed.way === 'file' && (
        <Controller
          control={control}
          name="file"
          rules={{ validate: (name) => name !== '' || texts.noFile }}
          render={({ field, fieldState }) => (
            <Field validationMessage={fieldState.error?.message ?? null}>
              <div className={styles.file}>
                <UploadButton onUploaded={(name) => field.onChange(name)} />
                {field.value !== '' && (
                  <Text className={styles.name}>{texts.file(field.value.replace(/^import:/, ''))}</Text>
                )}
              </div>
            </Field>
          )}
        />
      )}
      {feed.way === 'source' && (
        <Controller
          control={control}
          name="source"
          rules={{ validate: (id) => id !== '' || texts.noSource }}
          render={({ field, fieldState }) => (
            <Field
              label={texts.source}
              required
              hint={sources.data?.length === 0 ? texts.noSources : null}
              validationMessage={fieldState.error?.message ?? null}
            >
              <Select ref={field.ref} value={field.value} onBlur={field.onBlur} onChange={field.onChange}>
                <option value="">{texts.chooseSource}</option>
                {sources.data?.map(({ id, name }) => (
                  <option key={id} value={String(id)}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        />
      )}
    </StepForm>
  )
}
