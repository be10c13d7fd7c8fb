import { DestinationPage } from '../../../components/destination-page.tsx'

export default function Page() {
  return <DestinationPage />
}
