'use client'

import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import type { LivePreview } from '../lib/use-rules-preview.ts'
import { actions, rules as texts } from '../texts.ts'
import { ProblemBar } from './query-view.tsx'

const useStyles = makeStyles({
  bar: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    marginTop: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow8,
  },
  summary: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  unsaved: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  problem: { flex: '1 1 100%' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

interface RuleSaveBarProps {
  readonly preview: LivePreview
  readonly isDirty: boolean
  readonly onDiscard: () => void
  readonly onSave: () => Promise<void>
}

/** What the rules do in one sentence, and the buttons that save them or throw them away; always in view. */
export function RuleSaveBar({ preview, isDirty, onDiscard, onSave }: RuleSaveBarProps) {
  const styles = useStyles()
  const [saving, setSaving] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const busy = useRef<boolean>(false)
  const save = async () => {
    if (busy.current || !isDirty) return
    busy.current = true
    setSaving(true)
    setRefusal(null)
    try {
      await onSave()
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown.message : String(thrown))
    } finally {
      busy.current = false
      setSaving(false)
    }
  }
  const discard = () => {
    setRefusal(null)
    onDiscard()
  }
  return (
    <div className={styles.bar}>
      {refusal !== null && isDirty && (
        <div className={styles.problem}>
          <ProblemBar intent="error" text={refusal} />
        </div>
      )}
      <div className={styles.summary}>
        <div aria-live="polite">{sentence(preview)}</div>
        {isDirty && <div className={styles.unsaved}>{texts.unsaved}</div>}
      </div>
      <div className={styles.buttons}>
        <Button disabledFocusable={!isDirty || saving} onClick={discard}>
          {texts.discard}
        </Button>
        <Button appearance="primary" disabledFocusable={!isDirty || saving} onClick={save}>
          {saving ? actions.saving : texts.save}
        </Button>
      </div>
    </div>
  )
}

/** Said once the typing has paused: each step on the way is no news. */
function sentence({ found, problem, failure }: LivePreview): string {
  if (found !== undefined) return found.message
  if (problem !== null) return texts.previewWaits
  return failure === null ? texts.previewing : texts.previewFailed(failure)
}
