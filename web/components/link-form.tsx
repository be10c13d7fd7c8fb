'use client'

import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { type Control, useForm } from 'react-hook-form'
import { api } from '../lib/api.ts'
import { type LinkValues, linkChanges, linkField, linkValues } from '../lib/link-form.ts'
import type { Link } from '../lib/types.ts'
import { useKeepsPage } from '../lib/use-keeps-page.ts'
import { useSave } from '../lib/use-save.ts'
import { actions } from '../texts.ts'
import { useAlert } from './alerts.tsx'

const useStyles = makeStyles({
  form: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    alignItems: 'start',
  },
  full: { gridColumn: '1 / -1' },
  bar: { gridColumn: '1 / -1', borderRadius: tokens.borderRadiusMedium },
  barText: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  buttons: { gridColumn: '1 / -1', display: 'flex', gap: tokens.spacingHorizontalS },
})

interface LinkFormProps {
  readonly link: Link
  readonly children: (control: Control<LinkValues>) => ReactNode
}

/** Some settings of a link, saved together. What is being typed stays when the link changes meanwhile. */
export function LinkForm({ link, children }: LinkFormProps) {
  const styles = useStyles()
  const alert = useAlert()
  const { control, handleSubmit, setError, reset, formState } = useForm<LinkValues>({
    values: linkValues(link),
    resetOptions: { keepDirtyValues: true },
  })
  const { errors, isDirty } = formState
  useKeepsPage(isDirty)
  const { saving, save } = useSave('links', {
    onSaved: (message) => alert('success', message),
    onRefused: (message) => {
      const field = linkField(message)
      if (field === null) setError('root', { message })
      else setError(field, { message }, { shouldFocus: true })
    },
  })
  const send = async (values: LinkValues) => {
    const answer = await api.updateLink(link.id, linkChanges(link, values))
    reset(linkValues(answer.link))
    return answer
  }
  return (
    <form
      className={styles.form}
      noValidate
      autoComplete="off"
      onSubmit={handleSubmit((values) => save(() => send(values)))}
    >
      {children(control)}
      {errors.root?.message !== undefined && (
        <MessageBar className={styles.bar} intent="error" layout="multiline" role="alert">
          <MessageBarBody className={styles.barText}>{errors.root.message}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={saving || !isDirty}>
          {saving ? actions.saving : actions.save}
        </Button>
        <Button disabledFocusable={saving || !isDirty} onClick={() => reset(linkValues(link))}>
          {actions.cancel}
        </Button>
      </div>
    </form>
  )
}
