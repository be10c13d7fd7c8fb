'use client'

import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { type ReactNode, type SubmitEvent, useState } from 'react'
import { useKeepsPage } from '../lib/use-keeps-page.ts'
import { actions, form } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'

const useStyles = makeStyles({
  // Two columns at every width; a field that needs the room takes both.
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalM}`,
    alignItems: 'start',
  },
  bar: { gridColumn: '1 / -1', borderRadius: tokens.borderRadiusMedium },
  barText: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
})

interface FormDialogProps {
  readonly open: boolean
  readonly title: string
  readonly submitLabel: string
  readonly saving: boolean
  /** Something was typed: only Cancel throws it away, a click outside or Escape does not. */
  readonly dirty: boolean
  /** A refusal that belongs to no field. */
  readonly problem: string | undefined
  /** Something to know before filling it in. */
  readonly notice?: string | undefined
  readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

export function FormDialog(props: FormDialogProps) {
  const { open, title, submitLabel, saving, dirty, problem, notice, onSubmit, onClose, children } = props
  const styles = useStyles()
  // Where a question asked on saving gives the focus back to.
  const focusComesBack = useRestoreFocusTarget()
  const [reminded, setReminded] = useState(false)
  useKeepsPage(open && dirty)
  return (
    <DialogFrame
      open={open}
      title={title}
      onSubmit={onSubmit}
      onOpenChange={(data) => {
        if (data.open || saving) return
        if (dirty) setReminded(true)
        else onClose()
      }}
      actions={
        <>
          <Button disabled={saving} onClick={onClose}>
            {actions.cancel}
          </Button>
          <Button {...focusComesBack} type="submit" appearance="primary" disabledFocusable={saving}>
            {saving ? actions.saving : submitLabel}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {notice !== undefined && (
          <MessageBar className={styles.bar} intent="info" layout="multiline">
            <MessageBarBody className={styles.barText}>{notice}</MessageBarBody>
          </MessageBar>
        )}
        {children}
        {problem !== undefined && (
          <MessageBar className={styles.bar} intent="error" layout="multiline" role="alert">
            <MessageBarBody className={styles.barText}>{problem}</MessageBarBody>
          </MessageBar>
        )}
        {reminded && dirty && problem === undefined && (
          <MessageBar className={styles.bar} intent="warning" layout="multiline" role="alert">
            <MessageBarBody className={styles.barText}>{form.unsaved}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </DialogFrame>
  )
}
