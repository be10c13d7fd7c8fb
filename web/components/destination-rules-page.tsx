'use client'

import dynamic from 'next/dynamic'
import { api } from '../lib/api.ts'
import { useRefresh } from '../lib/changes.ts'
import { useDestinations } from '../lib/queries.ts'
import type { Destination, Rule } from '../lib/types.ts'
import { destinations, item, nav, rules, destinationRules as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { PageTitle } from './page-title.tsx'
import { PlainMessage } from './plain-message.tsx'
import { QueryView } from './query-view.tsx'
import { WithId } from './with-id.tsx'

const RuleEditor = dynamic(() => import('./rule-editor.tsx').then((module) => module.RuleEditor), {
  ssr: false,
  loading: () => <p>{rules.loading}</p>,
})

const above = { href: '/destinations', label: nav.destinations }

/** The rules of one destination. */
export function DestinationRulesPage() {
  return <WithId above={above}>{(id) => <Found id={id} />}</WithId>
}

function Found({ id }: { readonly id: number }) {
  return (
    <QueryView query={useDestinations()} loading={destinations.loading} loadFailed={destinations.loadFailed}>
      {(all) => {
        const destination = all.find((each) => each.id === id)
        if (destination === undefined) {
          return <PlainMessage title={item.gone.destination} text={item.goneText} link={above} />
        }
        return <Shown key={id} destination={destination} />
      }}
    </QueryView>
  )
}

function Shown({ destination: { id, name, rules: stored } }: { readonly destination: Destination }) {
  const alert = useAlert()
  const refresh = useRefresh('destination')
  const save = async (list: Rule[]) => {
    const { message } = await api.updateDestination(id, { rules: list })
    await refresh()
    alert('success', message)
  }
  return (
    <>
      <PageTitle title={texts.title(name)} above={[above, { href: `/destinations/view?id=${id}`, label: name }]} />
      <RuleEditor kind="destination" id={id} stored={stored} about={texts.intro} titled={false} onSave={save} />
    </>
  )
}
