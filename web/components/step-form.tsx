'use client'

import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { type ReactNode, type SubmitEvent, useEffect, useRef } from 'react'
import type { Task } from '../lib/use-task.ts'
import { wizard as texts } from '../texts.ts'
import { wide } from './breakpoints.ts'
import { ProblemBar } from './query-view.tsx'
import { usePlace } from './wizard-frame.tsx'

const useStyles = makeStyles({
  card: {
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusLarge,
    background: 'var(--appCard)',
  },
  body: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    [wide]: { padding: '24px' },
  },
  heading: {
    margin: 0,
    outline: 'none',
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  intro: { margin: `${tokens.spacingVerticalXXS} 0 0`, color: tokens.colorNeutralForeground2, maxWidth: '70ch' },
  footer: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [wide]: { padding: `${tokens.spacingVerticalL} 24px` },
  },
  room: { flex: '1 1 auto' },
  busy: { flex: '1 1 auto', justifyContent: 'start' },
})

interface NextStep {
  readonly label: string
  readonly busyLabel?: string
  readonly disabled?: boolean
  /** What was begun is carried through. */
  readonly unstoppable?: boolean
}

interface StepFormProps {
  readonly heading: string
  readonly intro?: string
  readonly next: NextStep
  readonly task?: Task
  readonly onNext: (event: SubmitEvent<HTMLFormElement>) => unknown
  readonly children: ReactNode
}

/** One step of a wizard: its question, its fields, and the way on and back. Enter goes on. */
export function StepForm({ heading, intro, next, task, onNext, children }: StepFormProps) {
  const styles = useStyles()
  const { onBack } = usePlace()
  const busy = task?.busy === true
  return (
    <form
      className={styles.card}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy && next.disabled !== true) onNext(event)
      }}
    >
      <div className={styles.body}>
        <StepHeading heading={heading} intro={intro} />
        {children}
        {task?.problem != null && <ProblemBar intent="error" text={task.problem} />}
      </div>
      <div className={styles.footer}>
        {onBack && (
          <Button disabled={busy} onClick={onBack}>
            {texts.back}
          </Button>
        )}
        {busy && next.busyLabel !== undefined ? (
          <Spinner className={styles.busy ?? ''} size="tiny" label={next.busyLabel} role="status" />
        ) : (
          <span className={styles.room} />
        )}
        {busy && next.unstoppable !== true && <Button onClick={task.stop}>{texts.stop}</Button>}
        <Button type="submit" appearance="primary" disabledFocusable={busy || next.disabled === true}>
          {next.label}
        </Button>
      </div>
    </form>
  )
}

interface StepHeadingProps {
  readonly heading: string
  readonly intro?: string | undefined
}

/** The question of a step. It takes the focus when the step comes up, so that keyboards and screen readers begin here. */
function StepHeading({ heading, intro }: StepHeadingProps) {
  const styles = useStyles()
  const { moved } = usePlace()
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!moved) return
    element.current?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }, [moved])
  return (
    <div>
      <h2 ref={element} tabIndex={-1} className={styles.heading}>
        {heading}
      </h2>
      {intro !== undefined && <p className={styles.intro}>{intro}</p>}
    </div>
  )
}

/** Where a step shows what came of it: nothing to fill in any more. */
export function StepResult({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.card}>
      <div className={styles.body}>
        <StepHeading heading={heading} />
        {children}
      </div>
    </div>
  )
}
