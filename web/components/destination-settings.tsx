'use client'

import {
  BroomRegular,
  CalendarAddRegular,
  CalendarEditRegular,
  CalendarLtrRegular,
  ClipboardClockRegular,
  FilterRegular,
  HistoryRegular,
  PeopleRegular,
  PersonRegular,
  RssRegular,
  ServerRegular,
  ShieldTaskRegular,
} from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useDestinationChange } from '../lib/changes.ts'
import { useSources } from '../lib/queries.ts'
import type { Destination } from '../lib/types.ts'
import { actions, destinationPage as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { ChoiceSetting } from './choice-setting.tsx'
import { ConnectionSetting } from './connection-setting.tsx'
import { Group } from './group.tsx'
import { EditableSetting, ScheduleSettings, ViewSetting } from './item-settings.tsx'
import { LinkButton } from './link-button.tsx'
import { SwitchSetting } from './switch-setting.tsx'

// Far down, and folded at first; their places are kept by cards of the same height.
const DeleteLimitSetting = dynamic(
  () => import('./delete-limit-setting.tsx').then((module) => module.DeleteLimitSetting),
  { ssr: false, loading: () => <SettingCard icon={<ShieldTaskRegular />} title={texts.deleteLimit} /> },
)
const RemovalSetting = dynamic(() => import('./removal-setting.tsx').then((module) => module.RemovalSetting), {
  ssr: false,
  loading: () => <SettingCard icon={<BroomRegular />} title={texts.removal} />,
})

interface DestinationSettingsProps {
  readonly destination: Destination
  readonly onEdit: () => void
}

/** Where a destination reads and writes, what it writes, and what it may remove. */
export function DestinationSettings({ destination, onEdit }: DestinationSettingsProps) {
  return (
    <>
      <Group title={texts.from}>
        <FeedSetting destination={destination} onEdit={onEdit} />
        <ConnectionSetting of="feed" connection={destination.feed_connection} />
        <ScheduleSettings kind="destination" item={destination} onEdit={onEdit} />
      </Group>
      <Group title={texts.to}>
        <EditableSetting
          icon={<CalendarLtrRegular />}
          title={texts.calendar}
          about={destination.calendar_name}
          onEdit={onEdit}
        />
        <EditableSetting
          icon={<ServerRegular />}
          title={texts.account}
          about={destination.caldav_url}
          onEdit={onEdit}
        />
        <EditableSetting icon={<PersonRegular />} title={texts.login} about={destination.username} onEdit={onEdit} />
        <ConnectionSetting of="server" connection={destination.connection} />
        <CreateCalendarSetting destination={destination} />
        <ViewSetting kind="destination" id={destination.id} />
      </Group>
      <Group title={texts.what}>
        <SyncAllSetting destination={destination} />
        <SettingCard icon={<FilterRegular />} title={texts.rules} about={texts.rulesAbout(destination.rules.length)}>
          <LinkButton href={`/destinations/rules?id=${destination.id}`}>{texts.openRules}</LinkButton>
        </SettingCard>
        <LocalEditsSetting destination={destination} />
        <GuestsSetting destination={destination} />
      </Group>
      <Group title={texts.safety}>
        <RemovalSetting destination={destination} />
        <DeleteLimitSetting destination={destination} />
        <HeldSetting destination={destination} />
      </Group>
    </>
  )
}

interface SettingOf {
  readonly destination: Destination
}

function FeedSetting({ destination: { ics_url }, onEdit }: DestinationSettingsProps) {
  const sources = useSources().data ?? []
  const sourceId = /^source:(\d+)$/.exec(ics_url)?.[1]
  const file = /^import:(.+)$/.exec(ics_url)?.[1]
  const source = sources.find(({ id }) => String(id) === sourceId)
  const about = source ? texts.feedOfSource(source.name) : file === undefined ? ics_url : texts.feedFile(file)
  return (
    <>
      <EditableSetting icon={<RssRegular />} title={texts.feed} about={about} onEdit={onEdit} />
      {source && (
        <SettingCard icon={<RssRegular />} title={source.name} about={source.caldav_url}>
          <LinkButton href={`/sources/view?id=${source.id}`} label={actions.named(texts.openSource, source.name)}>
            {texts.openSource}
          </LinkButton>
        </SettingCard>
      )}
    </>
  )
}

function SyncAllSetting({ destination: { id, sync_all } }: SettingOf) {
  const change = useDestinationChange(id)
  return (
    <SwitchSetting
      icon={<HistoryRegular />}
      title={texts.syncAll}
      about={texts.syncAllAbout}
      checked={sync_all}
      onChange={(checked) => change.mutate({ sync_all: checked })}
      change={change}
    />
  )
}

function CreateCalendarSetting({ destination: { id, create_calendar } }: SettingOf) {
  const change = useDestinationChange(id)
  return (
    <SwitchSetting
      icon={<CalendarAddRegular />}
      title={texts.createCalendar}
      about={texts.createCalendarAbout}
      checked={create_calendar}
      onChange={(checked) => change.mutate({ create_calendar: checked })}
      change={change}
    />
  )
}

function LocalEditsSetting({ destination: { id, local_edits } }: SettingOf) {
  const change = useDestinationChange(id)
  return (
    <ChoiceSetting
      icon={<CalendarEditRegular />}
      title={texts.localEdits}
      about={texts.localEditsAbout}
      choices={texts.localEditsChoices}
      value={local_edits}
      onChange={(value) => change.mutate({ local_edits: value })}
      change={change}
    />
  )
}

function GuestsSetting({ destination: { id, guests } }: SettingOf) {
  const change = useDestinationChange(id)
  return (
    <ChoiceSetting
      icon={<PeopleRegular />}
      title={texts.guests}
      about={texts.guestsAbout[guests]}
      choices={texts.guestsChoices}
      value={guests}
      onChange={(value) => change.mutate({ guests: value })}
      change={change}
    />
  )
}

function HeldSetting({ destination: { id, held } }: SettingOf) {
  return (
    <SettingCard
      icon={<ClipboardClockRegular />}
      title={texts.held}
      about={held === 0 ? texts.heldNone : texts.heldSome(held)}
    >
      <LinkButton href={`/review?id=${id}`} primary={held > 0}>
        {texts.review}
      </LinkButton>
    </SettingCard>
  )
}
