import { connectBySse } from '../../examples/server-sent-events.ts'
import { journey } from './journey.ts'
import { plainClient } from './plain-client.ts'

journey(({ url, token }) => plainClient(connectBySse(url, token)))
