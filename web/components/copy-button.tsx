'use client'

import { Button, makeStyles, Tooltip, tokens } from '@fluentui/react-components'
import { CheckmarkRegular, CopyRegular, DismissRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/clipboard.ts'
import { copy } from '../texts.ts'

const shownFor = 2000

const useStyles = makeStyles({
  button: { minWidth: 'auto', flexShrink: 0, color: tokens.colorNeutralForeground2 },
})

type Result = 'idle' | 'copied' | 'failed'

const faces = {
  idle: { icon: <CopyRegular />, word: copy.copy },
  copied: { icon: <CheckmarkRegular />, word: copy.copied },
  failed: { icon: <DismissRegular />, word: copy.failed },
}

/** Copies an address and says honestly whether it worked. `label` names what is copied, for screen readers. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const styles = useStyles()
  const [result, setResult] = useState<Result>('idle')
  useEffect(() => {
    if (result === 'idle') return
    const timer = setTimeout(() => setResult('idle'), shownFor)
    return () => clearTimeout(timer)
  }, [result])

  const { icon, word } = faces[result]
  const button = (
    <Button
      className={styles.button ?? ''}
      size="small"
      appearance="subtle"
      icon={icon}
      aria-label={result === 'idle' ? copy.what(label) : undefined}
      onClick={async () => setResult((await copyText(text)) ? 'copied' : 'failed')}
    >
      <span aria-live="polite">{word}</span>
    </Button>
  )
  if (result !== 'failed') return button
  return (
    <Tooltip relationship="description" content={copy.failedHint} visible withArrow>
      {button}
    </Tooltip>
  )
}
