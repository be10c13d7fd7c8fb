'use client'

import { makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { CalendarLtrRegular } from '@fluentui/react-icons'
import { useLinks } from '../lib/queries.ts'
import type { Source } from '../lib/types.ts'
import { addSource } from '../texts.ts'
import { FirstRun } from './first-run.tsx'
import { LinkButton } from './link-button.tsx'
import { RunMark } from './run-mark.tsx'
import { StepResult } from './step-form.tsx'
import { SubscribePanel } from './subscribe-panel.tsx'

const texts = addSource.subscribe

const useStyles = makeStyles({
  said: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, margin: 0, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** The end of the way: the first run of the source, and then how to subscribe to its feed. */
export function SourceDone({ source: { id, name } }: { readonly source: Source }) {
  const styles = useStyles()
  const links = useLinks()
  const own = links.data?.filter(({ kind, source_ids }) => kind !== 'own' && source_ids.includes(id)) ?? []
  const link = own.find(({ is_public }) => is_public) ?? own[0]
  const show = { href: `/sources/view?id=${id}`, label: texts.show }
  return (
    <FirstRun kind="source" id={id} heading={texts.running} show={show}>
      {({ status, message }) => (
        <StepResult heading={texts.heading(name)}>
          <p className={styles.said}>
            <RunMark status={status} />
            {message}
          </p>
          {link ? <SubscribePanel linkId={link.id} /> : <Spinner label={texts.noLink} />}
          <div className={styles.actions}>
            <LinkButton href={show.href} primary>
              {show.label}
            </LinkButton>
            <LinkButton href={`/calendar?kind=source&id=${id}`} icon={<CalendarLtrRegular />}>
              {texts.calendar}
            </LinkButton>
          </div>
        </StepResult>
      )}
    </FirstRun>
  )
}
