'use client'

import { Accordion, Button, makeStyles, tokens } from '@fluentui/react-components'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { type Arrangement, arrange, everything, filters } from '../lib/arrange.ts'
import type { Item, Kind } from '../lib/types.ts'
import { list as texts } from '../texts.ts'
import { ListTools } from './list-tools.tsx'
import { Empty, QueryView } from './query-view.tsx'

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: '4px' },
  nothing: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
})

interface ItemListProps<Shown extends Item> {
  readonly kind: Kind
  readonly query: UseQueryResult<Shown[]>
  readonly texts: { readonly empty: string; readonly loading: string; readonly loadFailed: string }
  readonly emptyIcon: ReactElement
  readonly emptyAction: ReactNode
  /** What a search looks through. */
  readonly words: (item: Shown) => string
  readonly row: (item: Shown) => ReactNode
}

/** A list with its four faces: loading, failed to load, empty, and rows that several of may be open. */
export function ItemList<Shown extends Item>(props: ItemListProps<Shown>) {
  const styles = useStyles()
  const [arrangement, setArrangement] = useState<Arrangement>(everything)
  // The overview's counts lead here with `?show=`, which is not known while the page is rendered at build time.
  useEffect(() => {
    const asked = new URLSearchParams(window.location.search).get('show')
    const filter = filters.find((each) => each === asked)
    if (filter !== undefined) setArrangement({ ...everything, filter })
  }, [])
  return (
    <QueryView query={props.query} loading={props.texts.loading} loadFailed={props.texts.loadFailed}>
      {(items) => {
        if (items.length === 0) {
          return (
            <Empty icon={props.emptyIcon} text={props.texts.empty}>
              {props.emptyAction}
            </Empty>
          )
        }
        const shown = arrange(items, arrangement, props.words)
        return (
          <>
            <ListTools kind={props.kind} arrangement={arrangement} onChange={setArrangement} />
            <Accordion multiple collapsible className={styles.rows}>
              {shown.map(props.row)}
            </Accordion>
            <div role="status">
              {shown.length === 0 && (
                <div className={styles.nothing}>
                  {texts.nothingFound}
                  <Button onClick={() => setArrangement({ ...arrangement, search: '', filter: 'all' })}>
                    {texts.showAll}
                  </Button>
                </div>
              )}
            </div>
          </>
        )
      }}
    </QueryView>
  )
}
