'use client'

import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { ArrowUndoRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { RunAnswer, RunDetails } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { runPage as texts } from '../texts.ts'
import { SettingCard, Stack } from './card.tsx'
import { LinkButton } from './link-button.tsx'

const UndoDialog = dynamic(() => import('./undo-dialog.tsx').then((module) => module.UndoDialog), { ssr: false })

/** The way to take a run back, where there is one, and how that went. */
export function UndoSetting({ run }: { readonly run: RunDetails }) {
  const focusComesBack = useRestoreFocusTarget()
  const dialog = useDialog<RunDetails>()
  const [answer, setAnswer] = useState<RunAnswer | null>(null)
  return (
    <Stack>
      <div role="status">
        {answer !== null && (
          <MessageBar intent="success">
            <MessageBarBody>{answer.message}</MessageBarBody>
            <MessageBarActions>
              <LinkButton href={`/runs/view?id=${answer.run.id}`}>{texts.undone}</LinkButton>
            </MessageBarActions>
          </MessageBar>
        )}
      </div>
      {run.can_undo && run.status !== 'running' && (
        <SettingCard icon={<ArrowUndoRegular />} title={texts.undo} about={texts.undoAbout}>
          <Button {...focusComesBack} onClick={() => dialog.show(run)}>
            {texts.undo}
          </Button>
        </SettingCard>
      )}
      {dialog.shown && (
        <UndoDialog
          key={dialog.shown.key}
          run={dialog.shown.target}
          open={dialog.shown.open}
          onClose={dialog.close}
          onUndone={setAnswer}
        />
      )}
    </Stack>
  )
}
