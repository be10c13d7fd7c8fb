'use client'

import { Button } from '@fluentui/react-components'
import { useOverlaps } from '../lib/queries.ts'
import type { Destination } from '../lib/types.ts'
import { actions, destinationPage as texts } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'
import { ProblemBar } from './query-view.tsx'

interface MirrorDialogProps {
  readonly destination: Destination
  readonly open: boolean
  readonly onCancel: () => void
  readonly onConfirm: () => void
}

/** Asks before a destination may remove what it has not written, and names the others that write there. */
export function MirrorDialog({ destination, open, onCancel, onConfirm }: MirrorDialogProps) {
  const others = useOverlaps(destination)
  return (
    <DialogFrame
      open={open}
      title={texts.mirrorTitle}
      modalType="alert"
      onOpenChange={(data) => {
        if (!data.open) onCancel()
      }}
      actions={
        <>
          <Button onClick={onCancel}>{actions.cancel}</Button>
          <Button appearance="primary" disabledFocusable={others.isPending} onClick={onConfirm}>
            {texts.mirrorYes}
          </Button>
        </>
      }
    >
      <p>{texts.mirrorQuestion(destination.calendar_name)}</p>
      {others.data !== undefined && others.data.length > 0 && (
        <ProblemBar intent="warning" text={texts.mirrorOthers(others.data.map(({ name }) => name))} />
      )}
      <p>{texts.mirrorUndo}</p>
    </DialogFrame>
  )
}
