'use client'

import { Button } from '@fluentui/react-components'
import { actions, links as texts } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'
import { SubscribePanel } from './subscribe-panel.tsx'

interface SubscribeDialogProps {
  readonly linkId: number
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
}

/** A link with its QR code and the steps of each calendar program. */
export function SubscribeDialog({ linkId, name, open, onClose }: SubscribeDialogProps) {
  return (
    <DialogFrame
      open={open}
      title={texts.qrTitle(name)}
      onOpenChange={(data) => {
        if (!data.open) onClose()
      }}
      actions={
        <Button appearance="primary" onClick={onClose}>
          {actions.close}
        </Button>
      }
    >
      <SubscribePanel linkId={linkId} />
    </DialogFrame>
  )
}
