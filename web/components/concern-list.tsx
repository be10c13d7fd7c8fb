'use client'

import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  CheckmarkCircleFilled,
  CheckmarkCircleRegular,
  ErrorCircleFilled,
  LockClosedFilled,
  PersonQuestionMarkFilled,
  PersonWarningFilled,
  PlugDisconnectedFilled,
  WarningFilled,
} from '@fluentui/react-icons'
import type { Cause, Concern } from '../lib/attention.ts'
import { parseMoment } from '../lib/format.ts'
import { useMayBeOld } from '../lib/may-be-old.ts'
import { useConcerns } from '../lib/use-concerns.ts'
import { state, attention as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { ConcernFix, type ConcernFixProps, useSignIn } from './concern-fix.tsx'
import { DueTime } from './due-time.tsx'

const useStyles = makeStyles({
  heading: {
    margin: `0 0 ${tokens.spacingVerticalS}`,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  list: { display: 'flex', flexDirection: 'column', gap: '4px', margin: 0, padding: 0, listStyleType: 'none' },
  word: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  ok: { color: 'var(--appSuccess)' },
  caution: { color: 'var(--appCaution)' },
  critical: { color: 'var(--appCritical)' },
  quiet: { color: 'var(--appQuiet)' },
})

const looks = {
  held: { Icon: PersonQuestionMarkFilled, tone: 'caution' },
  login: { Icon: LockClosedFilled, tone: 'critical' },
  unreachable: { Icon: PlugDisconnectedFilled, tone: 'critical' },
  failed: { Icon: ErrorCircleFilled, tone: 'critical' },
  reader: { Icon: PersonWarningFilled, tone: 'caution' },
  setup: { Icon: WarningFilled, tone: 'caution' },
} as const satisfies Record<Cause, unknown>

/** What waits for a person, each with what mends it; where nothing does, that is said. */
export function ConcernList() {
  const styles = useStyles()
  const { waiting, complete } = useConcerns()
  const signIn = useSignIn()
  const old = useMayBeOld()
  const Done = old ? CheckmarkCircleRegular : CheckmarkCircleFilled
  return (
    <section aria-label={texts.heading}>
      <h2 className={styles.heading}>{texts.heading}</h2>
      {waiting.length === 0 && complete && (
        <SettingCard
          icon={<Done className={old ? styles.quiet : styles.ok} />}
          title={old ? state.mayBeOld(texts.nothing) : texts.nothing}
          about={texts.nothingAbout}
        />
      )}
      <ul className={styles.list}>
        {waiting.map((concern) => (
          <li key={concern.key}>
            <ConcernCard concern={concern} onSignIn={signIn.show} />
          </li>
        ))}
      </ul>
      {signIn.shown}
    </section>
  )
}

interface ConcernCardProps {
  readonly concern: Concern
  readonly onSignIn: ConcernFixProps['onSignIn']
}

function ConcernCard({ concern, onSignIn }: ConcernCardProps) {
  const styles = useStyles()
  const { cause, title, text, failures, nextTry } = concern
  const { Icon, tone } = looks[cause]
  const nextAt = parseMoment(nextTry)
  const about = (
    <>
      <div>
        <span className={styles.word}>{texts.cause[cause]}</span> · {text}
      </div>
      {(failures > 1 || nextAt !== null) && (
        <div>
          {failures > 1 && `${state.failuresInARow(failures)} `}
          {nextAt !== null && (
            <>
              {texts.nextTry}: <DueTime at={nextAt} />
            </>
          )}
        </div>
      )}
    </>
  )
  return (
    <SettingCard icon={<Icon className={mergeClasses(styles[tone])} />} title={title} about={about} stacks>
      <ConcernFix concern={concern} onSignIn={onSignIn} />
    </SettingCard>
  )
}
