import { useEffect, useRef, useState } from 'react'
import { dropDraft, readDraft, writeDraft } from './draft.ts'
import { useKeepsPage } from './use-keeps-page.ts'

export interface Wizard<Draft> {
  readonly step: number
  readonly draft: Draft
  /** Differs wherever a step is to begin afresh. */
  readonly key: string
  /** The step was changed: only then the focus moves. */
  readonly moved: boolean
  /** What was typed before the page was loaded is here again. */
  readonly restored: boolean
  readonly set: (part: Partial<Draft>) => void
  readonly go: (step: number) => void
  readonly startOver: () => void
  /** What was typed has become an item: it is no draft any more. */
  readonly finish: () => void
}

/**
 * The state of a wizard. It survives a reload, without passwords: so it begins again at `loginStep` where it had been
 * further. A page that is left with something typed warns.
 */
export function useWizard<Draft extends object>(name: string, blank: Draft, loginStep: number): Wizard<Draft> {
  const [saved] = useState(() => readDraft(sessionStorage, name, blank))
  const [draft, setDraft] = useState(saved?.draft ?? blank)
  const [step, setStep] = useState(Math.min(saved?.step ?? 0, loginStep))
  const [restored, setRestored] = useState(saved !== null)
  const [attempt, setAttempt] = useState(0)
  const [moved, setMoved] = useState(false)
  const [finished, setFinished] = useState(false)
  const isBlank = JSON.stringify(draft) === JSON.stringify(blank)
  const first = useRef(blank)

  useEffect(() => {
    if (isBlank || finished) dropDraft(sessionStorage, name)
    else writeDraft(sessionStorage, name, { step, draft })
  }, [name, step, draft, isBlank, finished])

  useKeepsPage(!isBlank && !finished)

  return {
    step,
    draft,
    key: `${attempt} ${step}`,
    moved,
    restored,
    set: (part) => setDraft((before) => ({ ...before, ...part })),
    go: (to) => {
      setStep(to)
      setMoved(true)
      setRestored(false)
    },
    startOver: () => {
      setDraft(first.current)
      setStep(0)
      setRestored(false)
      setAttempt((before) => before + 1)
    },
    finish: () => setFinished(true),
  }
}
