'use client'

import { Button } from '@fluentui/react-components'
import { actions, review as texts } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'

interface RemoveDialogProps {
  readonly count: number
  readonly calendar: string
  readonly open: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** Asks once more before deletions that waited are carried out. */
export function RemoveDialog({ count, calendar, open, onClose, onConfirm }: RemoveDialogProps) {
  return (
    <DialogFrame
      open={open}
      modalType="alert"
      title={texts.confirm}
      onOpenChange={(data) => {
        if (!data.open) onClose()
      }}
      actions={
        <>
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button appearance="primary" onClick={onConfirm}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <p>{texts.question(count, calendar)}</p>
      <p>{texts.undo}</p>
    </DialogFrame>
  )
}
