import { ReviewPage } from '../../components/review-page.tsx'

export default function Page() {
  return <ReviewPage />
}
