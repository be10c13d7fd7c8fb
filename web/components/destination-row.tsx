'use client'

import type { Destination } from '../lib/types.ts'
import { details } from '../texts.ts'
import { Detail, DetailList, ErrorDetail, ScheduleDetails } from './details.tsx'
import { ItemRow } from './item-row.tsx'
import { RowActions } from './row-actions.tsx'

interface DestinationRowProps {
  readonly destination: Destination
  readonly onEdit: () => void
  readonly onDuplicate: () => void
  readonly onDelete: () => void
}

export function DestinationRow({ destination, onEdit, onDuplicate, onDelete }: DestinationRowProps) {
  return (
    <ItemRow kind="destination" item={destination} subtitle={destination.calendar_name}>
      <DetailList>
        <ErrorDetail item={destination} />
        <Detail term={details.icsSource}>{destination.ics_url}</Detail>
        <Detail term={details.caldavUrl}>{destination.caldav_url}</Detail>
        <Detail term={details.calendar}>{destination.calendar_name}</Detail>
        <Detail term={details.username}>{destination.username}</Detail>
        <ScheduleDetails item={destination} />
        <Detail term={details.syncAll}>{destination.sync_all ? details.syncAllYes : details.syncAllNo}</Detail>
        <Detail term={details.keepLocal}>{destination.keep_local ? details.keepLocalYes : details.keepLocalNo}</Detail>
      </DetailList>
      <RowActions kind="destination" item={destination} onEdit={onEdit} onDuplicate={onDuplicate} onDelete={onDelete} />
    </ItemRow>
  )
}
