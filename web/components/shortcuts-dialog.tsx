'use client'

import { Button, makeStyles, Switch, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { areShortcutsOn, switchShortcuts } from '../lib/shortcut-switch.ts'
import { actions, shortcuts as texts } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'
import { ShortcutTable } from './shortcut-table.tsx'

const useStyles = makeStyles({
  about: { margin: `0 0 ${tokens.spacingVerticalM}`, color: tokens.colorNeutralForeground2 },
})

interface ShortcutsDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** The single keys that do something, and the switch for those who would rather have none. */
export function ShortcutsDialog({ open, onClose }: ShortcutsDialogProps) {
  const styles = useStyles()
  const [on, setOn] = useState(areShortcutsOn)
  return (
    <DialogFrame
      open={open}
      title={texts.title}
      onOpenChange={(data) => {
        if (!data.open) onClose()
      }}
      actions={
        <Button appearance="primary" onClick={onClose}>
          {actions.close}
        </Button>
      }
    >
      <p className={styles.about}>{texts.about}</p>
      <ShortcutTable />
      <Switch
        label={texts.on}
        checked={on}
        onChange={(_, data) => {
          setOn(data.checked)
          switchShortcuts(data.checked)
        }}
      />
    </DialogFrame>
  )
}
