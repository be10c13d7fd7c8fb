'use client'

import { FilterRegular } from '@fluentui/react-icons'
import type { Destination } from '../lib/types.ts'
import { rules, destinationRules as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { LinkButton } from './link-button.tsx'

/** How many rules a destination has, and the way to them. */
export function RulesCard({ destination }: { readonly destination: Pick<Destination, 'id' | 'rules'> }) {
  return (
    <SettingCard
      icon={<FilterRegular />}
      title={rules.title}
      about={`${texts.count(destination.rules.length)} · ${texts.about}`}
    >
      <LinkButton href={`/destinations/rules?id=${destination.id}`}>{texts.open}</LinkButton>
    </SettingCard>
  )
}
