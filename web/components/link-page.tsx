'use client'

import { WarningRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { api } from '../lib/api.ts'
import { useRefresh } from '../lib/changes.ts'
import { linkTitle, sourceNames } from '../lib/links.ts'
import { useLinks, useSources } from '../lib/queries.ts'
import type { Link } from '../lib/types.ts'
import { links as linkTexts, nav, rules, subscribe, linkPage as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { Card, Expander, Sections, Stack } from './card.tsx'
import { LinkReaders } from './link-readers.tsx'
import { PageTitle } from './page-title.tsx'
import { PlainMessage } from './plain-message.tsx'
import { ProblemList } from './problem-list.tsx'
import { QueryView, Waiting } from './query-view.tsx'
import { WithId } from './with-id.tsx'

const SubscribePanel = dynamic(() => import('./subscribe-panel.tsx').then((module) => module.SubscribePanel), {
  ssr: false,
  loading: () => <Waiting label={subscribe.loading} />,
})
const LinkSettings = dynamic(() => import('./link-settings.tsx').then((module) => module.LinkSettings), {
  ssr: false,
  loading: () => <Waiting label={linkTexts.loading} />,
})
const RuleEditor = dynamic(() => import('./rule-editor.tsx').then((module) => module.RuleEditor), {
  ssr: false,
  loading: () => <p>{rules.loading}</p>,
})

const above = { href: '/links', label: nav.links }

/** The page of one link. */
export function LinkPage() {
  return <WithId above={above}>{(id) => <Found id={id} />}</WithId>
}

function Found({ id }: { readonly id: number }) {
  const links = useLinks()
  return (
    <QueryView query={links} loading={linkTexts.loading} loadFailed={linkTexts.loadFailed}>
      {(all) => {
        const link = all.find((each) => each.id === id)
        if (link === undefined) return <PlainMessage title={texts.gone} text={texts.goneText} link={above} />
        return <Shown key={link.id} link={link} />
      }}
    </QueryView>
  )
}

function Shown({ link }: { readonly link: Link }) {
  const alert = useAlert()
  const refresh = useRefresh('links')
  const sources = useSources().data ?? []
  const kind = linkTexts.kind[link.kind]
  const names = sourceNames(link, sources)
  const save = async (list: Link['rules']) => {
    const { message } = await api.updateLink(link.id, { rules: list })
    await refresh()
    alert('success', message)
  }
  return (
    <>
      <PageTitle
        title={linkTitle(link, sources)}
        intro={[linkTexts.state[link.state].word, kind, ...(names === '' ? [] : [linkTexts.shows(names)])].join(' · ')}
        above={[above]}
      />
      <Sections>
        <Card title={texts.share}>
          <SubscribePanel linkId={link.id} />
        </Card>
        <LinkSettings link={link} sources={sources} />
        <RuleEditor
          kind="link"
          id={link.id}
          stored={link.rules}
          about={link.kind === 'own' ? texts.rulesAbout : texts.rulesSource}
          onSave={save}
        />
        <LinkReaders linkId={link.id} />
        {link.findings.length > 0 && (
          <Stack>
            <Expander icon={<WarningRegular />} title={texts.findings}>
              <ProblemList problems={link.findings} />
            </Expander>
          </Stack>
        )}
      </Sections>
    </>
  )
}
