'use client'

import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { ShieldTaskRegular } from '@fluentui/react-icons'
import { type SubmitEvent, useState } from 'react'
import { useDestinationChange } from '../lib/changes.ts'
import type { Destination } from '../lib/types.ts'
import { destinationPage as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { SaveMark } from './save-mark.tsx'

const mostAllowed = 1_000_000

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', gap: tokens.spacingHorizontalS },
  field: { width: '170px' },
  input: { minWidth: 0, width: '100%' },
  mark: { alignSelf: 'center' },
})

/** How many deletions of one run need no answer; empty: as usual. */
export function DeleteLimitSetting({ destination: { id, delete_limit } }: { readonly destination: Destination }) {
  const styles = useStyles()
  const change = useDestinationChange(id)
  const [draft, setDraft] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const stored = delete_limit === null ? '' : String(delete_limit)
  const text = draft ?? stored

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const number = Number(text)
    const valid = text.trim() === '' || (Number.isInteger(number) && number >= 1 && number <= mostAllowed)
    setWrong(!valid)
    if (!valid || change.isPending) return
    change.mutate({ delete_limit: text.trim() === '' ? null : number }, { onSuccess: () => setDraft(null) })
  }

  return (
    <SettingCard icon={<ShieldTaskRegular />} title={texts.deleteLimit} about={texts.deleteLimitAbout}>
      <form className={styles.form} noValidate onSubmit={submit}>
        <span className={styles.mark}>
          <SaveMark change={change} />
        </span>
        <Field
          className={styles.field ?? ''}
          validationState={wrong ? 'error' : 'none'}
          validationMessage={wrong ? texts.deleteLimitWrong : null}
        >
          <Input
            className={styles.input ?? ''}
            aria-label={`${texts.deleteLimit}: ${texts.deleteLimitLabel}`}
            inputMode="numeric"
            autoComplete="off"
            placeholder={texts.deleteLimitUsual}
            value={text}
            onChange={(_, data) => {
              setDraft(data.value)
              setWrong(false)
            }}
          />
        </Field>
        {draft !== null && draft.trim() !== stored && (
          <Button type="submit" appearance="primary" disabledFocusable={change.isPending}>
            {texts.save}
          </Button>
        )}
      </form>
    </SettingCard>
  )
}
