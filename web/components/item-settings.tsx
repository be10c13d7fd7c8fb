'use client'

import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { CalendarLtrRegular, PlayCircleRegular, TimerRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import { usePause } from '../lib/changes.ts'
import { formatInterval } from '../lib/format.ts'
import type { Item, Kind } from '../lib/types.ts'
import { actions, item as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { LinkButton } from './link-button.tsx'
import { SwitchSetting } from './switch-setting.tsx'

interface EditableSettingProps {
  readonly icon: ReactElement
  readonly title: string
  readonly about: ReactNode
  readonly onEdit: () => void
}

/** A setting that is changed in the form of its item. */
export function EditableSetting({ icon, title, about, onEdit }: EditableSettingProps) {
  const focusComesBack = useRestoreFocusTarget()
  return (
    <SettingCard icon={icon} title={title} about={about}>
      <Button {...focusComesBack} aria-label={actions.named(texts.change, title)} onClick={onEdit}>
        {texts.change}
      </Button>
    </SettingCard>
  )
}

interface ScheduleSettingsProps {
  readonly kind: Kind
  readonly item: Item
  readonly onEdit: () => void
}

/** When it runs: by itself or not, and how often. */
export function ScheduleSettings({ kind, item, onEdit }: ScheduleSettingsProps) {
  const pause = usePause(kind, item.id)
  const interval = formatInterval(item.sync_interval_secs)
  // Without an interval there is nothing to switch on; what is paused can be resumed all the same.
  const idle = item.sync_interval_secs === 0 && !item.paused
  return (
    <>
      {idle ? (
        <SettingCard icon={<PlayCircleRegular />} title={texts.automatic} about={texts.automaticNone} />
      ) : (
        <SwitchSetting
          icon={<PlayCircleRegular />}
          title={texts.automatic}
          about={item.paused ? texts.automaticOff : texts.automaticOn(interval)}
          checked={!item.paused}
          onChange={(checked) => pause.mutate(!checked)}
          change={pause}
        />
      )}
      <EditableSetting icon={<TimerRegular />} title={texts.interval} about={interval} onEdit={onEdit} />
    </>
  )
}

/** The way to its events as a calendar. */
export function ViewSetting({ kind, id }: { readonly kind: Kind; readonly id: number }) {
  return (
    <SettingCard icon={<CalendarLtrRegular />} title={texts.view} about={texts.viewAbout}>
      <LinkButton href={`/calendar?kind=${kind}&id=${id}`}>{texts.openCalendar}</LinkButton>
    </SettingCard>
  )
}
