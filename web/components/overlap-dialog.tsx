'use client'

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { OverlapEntry } from '../lib/types.ts'
import { actions, overlap } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'

const useStyles = makeStyles({
  text: { margin: `0 0 ${tokens.spacingVerticalM}` },
  list: { listStyleType: 'none', margin: `0 0 ${tokens.spacingVerticalM}`, padding: 0, display: 'grid', gap: '4px' },
  entry: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  warning: { margin: 0, color: 'var(--appCaution)' },
})

interface OverlapDialogProps {
  /** Empty: the dialog is closed. */
  readonly overlapping: readonly OverlapEntry[]
  readonly saving: boolean
  readonly onCancel: () => void
  readonly onContinue: () => void
}

/** Asks before a destination is saved whose calendar others write to as well. */
export function OverlapDialog({ overlapping, saving, onCancel, onContinue }: OverlapDialogProps) {
  const styles = useStyles()
  return (
    <DialogFrame
      open={overlapping.length > 0}
      title={overlap.title}
      modalType="alert"
      onOpenChange={(data) => {
        if (!data.open) onCancel()
      }}
      actions={
        <>
          <Button onClick={onCancel}>{actions.cancel}</Button>
          <Button appearance="primary" disabledFocusable={saving} onClick={onContinue}>
            {overlap.proceed}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{overlap.intro(overlapping.length)}</p>
      <ul className={styles.list}>
        {overlapping.map((entry) => (
          <li key={entry.id} className={styles.entry}>
            <div>{entry.name}</div>
            <div className={styles.quiet}>{entry.ics_url}</div>
            <div className={styles.quiet}>{overlap.options(entry.sync_all, entry.keep_local)}</div>
          </li>
        ))}
      </ul>
      <p className={styles.warning}>{overlap.warning}</p>
    </DialogFrame>
  )
}
