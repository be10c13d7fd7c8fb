'use client'

import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { createContext, type ReactNode, use } from 'react'
import type { Wizard } from '../lib/use-wizard.ts'
import { wizard as texts } from '../texts.ts'
import { PageTitle } from './page-title.tsx'
import { StepList } from './step-list.tsx'

const useStyles = makeStyles({
  bar: { marginBottom: tokens.spacingVerticalM, borderRadius: tokens.borderRadiusMedium },
  text: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
})

interface Place {
  /** The focus belongs to the heading of the step. */
  readonly moved: boolean
  /** Undefined: there is no way back. */
  readonly onBack: (() => void) | undefined
}

const PlaceContext = createContext<Place>({ moved: false, onBack: undefined })

export function usePlace(): Place {
  return use(PlaceContext)
}

interface WizardFrameProps {
  readonly title: string
  readonly intro: string
  readonly above: { readonly href: string; readonly label: string }
  readonly steps: readonly string[]
  readonly wizard: Pick<Wizard<unknown>, 'step' | 'moved' | 'restored' | 'go' | 'startOver'>
  /** Nothing can be taken back any more. */
  readonly final: boolean
  readonly children: ReactNode
}

/** What surrounds the steps of a wizard: what it is for, and where in it one is. */
export function WizardFrame({ title, intro, above, steps, wizard, final, children }: WizardFrameProps) {
  const styles = useStyles()
  const { step, moved, restored, go, startOver } = wizard
  const onBack = step > 0 && !final ? () => go(step - 1) : undefined
  return (
    <>
      <PageTitle title={title} intro={intro} above={[above]} />
      {restored && (
        <MessageBar intent="info" layout="multiline" className={styles.bar}>
          <MessageBarBody className={styles.text}>{texts.restored}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={startOver}>
              {texts.startOver}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <StepList steps={steps} step={step} />
      <PlaceContext value={{ moved, onBack }}>{children}</PlaceContext>
    </>
  )
}
