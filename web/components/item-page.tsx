'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import type { Item, Kind } from '../lib/types.ts'
import { destinations, nav, run, sources, item as texts } from '../texts.ts'
import { Sections } from './card.tsx'
import { ItemState } from './item-state.tsx'
import { PageTitle } from './page-title.tsx'
import { PlainMessage } from './plain-message.tsx'
import { QueryView, Waiting } from './query-view.tsx'
import { ServerProfile } from './server-profile.tsx'

// Plots and a table, below what is seen first.
const RunHistory = dynamic(() => import('./run-history.tsx').then((module) => module.RunHistory), {
  ssr: false,
  loading: () => <Waiting label={run.loading} />,
})

interface ItemPageProps<Shown extends Item> {
  readonly kind: Kind
  readonly id: number
  readonly query: UseQueryResult<Shown[]>
  readonly dialogs: {
    readonly edit: (item: Shown) => void
    readonly duplicate: (item: Shown) => void
    readonly remove: (item: Shown) => void
  }
  /** The settings, between the state and the runs. */
  readonly children: (item: Shown) => ReactNode
}

/** The page of one source or destination: its state, what it may be told, its settings, its runs. */
export function ItemPage<Shown extends Item>({ kind, id, query, dialogs, children }: ItemPageProps<Shown>) {
  const list = kind === 'source' ? sources : destinations
  const above = { href: `/${kind}s`, label: nav[`${kind}s`] }
  return (
    <QueryView query={query} loading={list.loading} loadFailed={list.loadFailed}>
      {(items) => {
        const item = items.find((each) => each.id === id)
        if (item === undefined) {
          return <PlainMessage title={texts.gone[kind]} text={texts.goneText} link={above} />
        }
        return (
          <>
            <PageTitle title={item.name} above={[above]} />
            <Sections>
              <ItemState
                kind={kind}
                item={item}
                onEdit={() => dialogs.edit(item)}
                onDuplicate={() => dialogs.duplicate(item)}
                onDelete={() => dialogs.remove(item)}
              />
              {children(item)}
              <RunHistory kind={kind} id={id} />
              <ServerProfile kind={kind} id={id} />
            </Sections>
          </>
        )
      }}
    </QueryView>
  )
}
