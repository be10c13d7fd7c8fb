'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { useHeld } from '../lib/queries.ts'
import { review as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { HeldEvents } from './held-events.tsx'

const useStyles = makeStyles({
  about: { margin: `0 0 ${tokens.spacingVerticalM}`, color: tokens.colorNeutralForeground3 },
})

/** The events that stay because a person said so; nothing where there are none. */
export function KeptCard({ id }: { readonly id: number }) {
  const styles = useStyles()
  const kept = useHeld(id).data?.filter(({ answer }) => answer === 'dismissed') ?? []
  if (kept.length === 0) return null
  return (
    <Card title={texts.kept}>
      <p className={styles.about}>{texts.keptAbout}</p>
      <HeldEvents label={texts.kept} events={kept} />
    </Card>
  )
}
