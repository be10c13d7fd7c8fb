import { CalendarPage } from '../../components/calendar-page.tsx'

export default function Page() {
  return <CalendarPage />
}
