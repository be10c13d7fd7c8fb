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

interface CopyButtonProps {
  readonly text: string
  /** Names what is copied, for screen readers. */
  readonly label: string
  /** The whole name of the button, where `Copy` and the label do not make one. */
  readonly name?: string
  /** The word on the button until it is pressed. */
  readonly word?: string
}

/** Copies an address and says honestly whether it worked. */
export function CopyButton({ text, label, name = copy.what(label), word: idleWord = copy.copy }: CopyButtonProps) {
  const styles = useStyles()
  const [result, setResult] = useState<Result>('idle')
  useEffect(() => {
    if (result === 'idle') return
    const timer = setTimeout(() => setResult('idle'), shownFor)
    return () => clearTimeout(timer)
  }, [result])

  const { icon } = faces[result]
  const word = result === 'idle' ? idleWord : faces[result].word
  const button = (
    <Button
      className={styles.button ?? ''}
      size="small"
      appearance="subtle"
      icon={icon}
      aria-label={result === 'idle' ? name : undefined}
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
