'use client'

import { Button, makeStyles, SearchBox, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { AddRegular, LinkRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { findLinks } from '../lib/links.ts'
import { useLinks, useSources } from '../lib/queries.ts'
import type { Link } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { links as texts } from '../texts.ts'
import { LinkButton } from './link-button.tsx'
import { LinkRow } from './link-row.tsx'
import { searchId } from './list-tools.tsx'
import { PageTitle } from './page-title.tsx'
import { Empty, QueryView } from './query-view.tsx'

const loadDialog = () => import('./link-dialog.tsx')
const LinkDialog = dynamic(() => loadDialog().then((module) => module.LinkDialog), { ssr: false })

const useStyles = makeStyles({
  search: { display: 'flex', marginBottom: tokens.spacingVerticalM, '& > *': { flex: '1 1 auto', maxWidth: '420px' } },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '4px' },
  nothing: { margin: 0 },
})

/** All addresses under which feeds are served. */
export function LinksPage() {
  const focusComesBack = useRestoreFocusTarget()
  const links = useLinks()
  const sources = useSources().data
  const dialog = useDialog<null>()
  const canAdd = sources !== undefined && sources.length > 0
  return (
    <>
      <PageTitle title={texts.heading} intro={texts.intro}>
        {canAdd && (
          <Button
            {...focusComesBack}
            appearance="primary"
            icon={<AddRegular />}
            onClick={() => dialog.show(null)}
            onPointerEnter={loadDialog}
            onFocus={loadDialog}
          >
            {texts.add}
          </Button>
        )}
      </PageTitle>
      <QueryView query={links} loading={texts.loading} loadFailed={texts.loadFailed}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={<LinkRegular />} text={canAdd ? texts.empty : texts.noSources}>
              {!canAdd && <LinkButton href="/sources">{texts.addSource}</LinkButton>}
            </Empty>
          ) : (
            <FoundLinks links={all} />
          )
        }
      </QueryView>
      {dialog.shown && (
        <LinkDialog key={dialog.shown.key} sources={sources ?? []} open={dialog.shown.open} onClose={dialog.close} />
      )}
    </>
  )
}

function FoundLinks({ links }: { readonly links: readonly Link[] }) {
  const styles = useStyles()
  const sources = useSources().data ?? []
  const [search, setSearch] = useState('')
  const found = findLinks(links, search, sources)
  return (
    <>
      <search className={styles.search}>
        <SearchBox
          id={searchId}
          aria-label={texts.search}
          placeholder={texts.search}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
      </search>
      <ul className={styles.list}>
        {found.map((link) => (
          <LinkRow key={link.id} link={link} sources={sources} />
        ))}
      </ul>
      <div role="status">{found.length === 0 && <p className={styles.nothing}>{texts.nothingFound}</p>}</div>
    </>
  )
}
