'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import { discover } from '../lib/discover.ts'
import { destinationField } from '../lib/field-errors.ts'
import { examplePart, isStillExample, type PresetId, presetOf } from '../lib/presets.ts'
import { withStage } from '../lib/stages.ts'
import type { Discovery, Kind, Stage } from '../lib/types.ts'
import { useStepForm } from '../lib/use-step-form.ts'
import { useTask } from '../lib/use-task.ts'
import { type AccountValues, accountKey, isEnough } from '../lib/wizard-values.ts'
import { form, account as texts } from '../texts.ts'
import { wide } from './breakpoints.ts'
import { DiagnosisList } from './diagnosis-list.tsx'
import { PresetPicker } from './preset-picker.tsx'
import { StepForm } from './step-form.tsx'
import { TextField } from './text-field.tsx'

const useStyles = makeStyles({
  login: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalL,
    alignItems: 'start',
    [wide]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))', columnGap: tokens.spacingHorizontalL },
  },
  good: { margin: 0 },
})

/** What was found at an account, and which account that was. */
export interface Found {
  readonly key: string
  readonly stages: readonly Stage[]
  readonly discovery: Discovery
}

interface AccountStepProps {
  readonly kind: Kind
  readonly account: AccountValues
  /** What the last look found, where it was of this very account. */
  readonly found: Found | null
  readonly onChange: (account: AccountValues) => void
  readonly onFound: (found: Found) => void
  readonly onNext: () => void
}

/** Server and login, and a look at the account that is told step by step. */
export function AccountStep({ kind, account, found, onChange, onFound, onNext }: AccountStepProps) {
  const styles = useStyles()
  const task = useTask()
  const { control, handleSubmit, setError, setValue, getValues, clearErrors } = useStepForm(account, onChange)
  const [looked, setLooked] = useState({ key: found?.key, stages: found?.stages ?? [] })
  // What was typed for one service is there again when somebody comes back to it.
  const typed = useRef<Partial<Record<PresetId, string>>>({})
  const preset = presetOf(account.preset)
  const good = found !== null && found.key === accountKey(account) && isEnough(kind, found.discovery) ? found : null
  const stages = looked.key === accountKey(account) ? looked.stages : []
  const part = examplePart(account.caldav_url, preset)

  const choose = (id: PresetId) => {
    typed.current[account.preset] = getValues('caldav_url')
    setValue('preset', id)
    setValue('caldav_url', typed.current[id] ?? presetOf(id).url)
    clearErrors()
  }

  const check = (values: AccountValues) =>
    task.run(
      async (signal) => {
        const key = accountKey(values)
        let told: readonly Stage[] = []
        setLooked({ key, stages: told })
        const { caldav_url, username, password } = values
        const onStage = (stage: Stage) => {
          told = withStage(told, stage)
          setLooked({ key, stages: told })
        }
        const body = { caldav_url: caldav_url.trim(), username, password }
        onFound({ key, discovery: await discover('/api/discover', body, onStage, signal), stages: told })
      },
      (message) => {
        const field = destinationField(message)
        if (field !== 'caldav_url' && field !== 'username' && field !== 'password') return false
        setError(field, { message }, { shouldFocus: true })
        return true
      },
    )

  const filled = (label: string) => (text: string) => text.trim() !== '' || form.empty(label)
  const nextLabel = kind === 'source' ? texts.next : texts.nextTarget
  return (
    <StepForm
      heading={texts.heading[kind]}
      intro={texts.intro[kind]}
      task={task}
      next={{
        label: good ? nextLabel : texts.check,
        disabled: account.preset === 'google',
      }}
      onNext={handleSubmit((values) => (good ? onNext() : check(values)))}
    >
      <PresetPicker kind={kind} value={account.preset} onChange={choose} />
      {account.preset !== 'google' && (
        <>
          <TextField
            label={texts.url}
            type="url"
            required
            control={control}
            name="caldav_url"
            {...(part !== null && { hint: texts.replace(preset.example ?? '') })}
            onClick={(input) => {
              // One press marks what has to be replaced; what somebody marked themselves stays.
              if (part !== null && input.selectionStart === input.selectionEnd) input.setSelectionRange(...part)
            }}
            validate={(text) => {
              if (text.trim() === '') return form.empty(texts.url)
              return !isStillExample(text) || texts.stillExample(preset.example ?? text)
            }}
          />
          <div className={styles.login}>
            <TextField
              label={texts.username}
              required
              autoComplete="off"
              control={control}
              name="username"
              validate={filled(texts.username)}
            />
            <TextField
              label={texts.password}
              type="password"
              autoComplete="new-password"
              required
              control={control}
              name="password"
              validate={filled(texts.password)}
            />
          </div>
          {(stages.length > 0 || task.busy) && <DiagnosisList stages={stages} busy={task.busy} />}
          <p role="status" className={styles.good} hidden={good === null}>
            {good &&
              (good.discovery.calendars.length > 0
                ? texts.found(good.discovery.calendars.length)
                : texts.noCalendarYet)}
          </p>
        </>
      )}
    </StepForm>
  )
}
