'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { CalendarLtrRegular } from '@fluentui/react-icons'
import type { Destination } from '../lib/types.ts'
import { addDestination, attention } from '../texts.ts'
import { FirstRun } from './first-run.tsx'
import { LinkButton } from './link-button.tsx'
import { RunMark } from './run-mark.tsx'
import { StepResult } from './step-form.tsx'

const texts = addDestination.finish

const useStyles = makeStyles({
  said: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, margin: 0, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** The end of the way: the first run of the destination and what it did. */
export function DestinationDone({ destination: { id, name } }: { readonly destination: Destination }) {
  const styles = useStyles()
  const show = { href: `/destinations/view?id=${id}`, label: texts.show }
  return (
    <FirstRun kind="destination" id={id} heading={texts.running} show={show}>
      {({ id: runId, status, message, counts }) => (
        <StepResult heading={texts.heading(name)}>
          <p className={styles.said}>
            <RunMark status={status} />
            {message}
          </p>
          <div className={styles.actions}>
            <LinkButton href={show.href} primary>
              {show.label}
            </LinkButton>
            <LinkButton href={`/runs/view?id=${runId}`}>{texts.run}</LinkButton>
            {(counts.held ?? 0) > 0 && <LinkButton href={`/review?id=${id}`}>{attention.review}</LinkButton>}
            <LinkButton href={`/calendar?kind=destination&id=${id}`} icon={<CalendarLtrRegular />}>
              {texts.calendar}
            </LinkButton>
          </div>
        </StepResult>
      )}
    </FirstRun>
  )
}
