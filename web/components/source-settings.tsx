'use client'

import { Link, makeStyles } from '@fluentui/react-components'
import {
  CalendarMultipleRegular,
  LockClosedRegular,
  LockOpenRegular,
  PersonRegular,
  RssRegular,
  ServerRegular,
} from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { feedOrigin } from '../lib/http.ts'
import type { Source } from '../lib/types.ts'
import { feedUrl } from '../lib/url.ts'
import { calendarChoice, details, item as itemTexts, sourcePage as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { ConnectionSetting } from './connection-setting.tsx'
import { CopyButton } from './copy-button.tsx'
import { Group } from './group.tsx'
import { EditableSetting, ScheduleSettings, ViewSetting } from './item-settings.tsx'
import { SourceFindings } from './source-findings.tsx'
import { SourceLinks } from './source-links.tsx'

// Folded at first; its place is kept by a card of the same height.
const CalendarChoice = dynamic(() => import('./calendar-choice.tsx').then((module) => module.CalendarChoice), {
  ssr: false,
  loading: () => <SettingCard icon={<CalendarMultipleRegular />} title={calendarChoice.title} />,
})

const useStyles = makeStyles({ address: { display: 'block' } })

interface SourceSettingsProps {
  readonly source: Source
  readonly onEdit: () => void
}

/** What a source reads, when, and what it publishes. */
export function SourceSettings({ source, onEdit }: SourceSettingsProps) {
  const url = feedUrl(feedOrigin(), '/ics', source.ics_path)
  return (
    <>
      <Group title={itemTexts.feed}>
        <SettingCard icon={<RssRegular />} title={texts.feedPath} about={<Address url={url} />}>
          <CopyButton text={url} label={details.icsUrl} />
        </SettingCard>
        <PublicSetting source={source} onEdit={onEdit} />
        <CalendarChoice source={source} />
        <ViewSetting kind="source" id={source.id} />
      </Group>
      <Group title={itemTexts.account}>
        <EditableSetting icon={<ServerRegular />} title={texts.address} about={source.caldav_url} onEdit={onEdit} />
        <EditableSetting icon={<PersonRegular />} title={texts.login} about={source.username} onEdit={onEdit} />
        <ConnectionSetting of="server" connection={source.connection} />
        <ScheduleSettings kind="source" item={source} onEdit={onEdit} />
      </Group>
      <SourceLinks id={source.id} />
      <SourceFindings id={source.id} />
    </>
  )
}

function PublicSetting({ source, onEdit }: SourceSettingsProps) {
  const { public_ics, public_ics_path } = source
  const url = public_ics_path === null ? null : feedUrl(feedOrigin(), '/ics/public', public_ics_path)
  const about =
    public_ics && url !== null ? (
      <>
        {texts.publicOwn} <Address url={url} />
      </>
    ) : public_ics ? (
      texts.publicYes
    ) : (
      texts.publicNo
    )
  const icon = public_ics ? <LockOpenRegular /> : <LockClosedRegular />
  return <EditableSetting icon={icon} title={texts.publicFeed} about={about} onEdit={onEdit} />
}

function Address({ url }: { readonly url: string }) {
  const styles = useStyles()
  return (
    <Link className={styles.address ?? ''} href={url} target="_blank" rel="noreferrer" inline>
      {url}
    </Link>
  )
}
