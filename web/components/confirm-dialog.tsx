'use client'

import { Button } from '@fluentui/react-components'
import { actions } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'

interface ConfirmDialogProps {
  readonly open: boolean
  readonly title: string
  /** What will happen, a paragraph each. */
  readonly lines: readonly string[]
  readonly confirmLabel: string
  readonly busyLabel: string
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, lines, confirmLabel, busyLabel, busy, onConfirm, onClose } = props
  return (
    <DialogFrame
      open={open}
      title={title}
      onOpenChange={(data) => {
        if (!data.open && !busy) onClose()
      }}
      actions={
        <>
          <Button disabled={busy} onClick={onClose}>
            {actions.cancel}
          </Button>
          <Button
            appearance="primary"
            disabledFocusable={busy}
            onClick={() => {
              if (!busy) onConfirm()
            }}
          >
            {busy ? busyLabel : confirmLabel}
          </Button>
        </>
      }
    >
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </DialogFrame>
  )
}
