import { connect, listen } from '../../examples/graphql-ws.ts'
import { disposeOf } from '../support/graphql-ws-client.ts'
import { journey } from './journey.ts'
import { plainClient } from './plain-client.ts'
import { restart } from './restart.ts'

journey(({ url, token }) => plainClient(connect(url.replace('http', 'ws'), token)))

restart('the example for graphql-ws', ({ url, token, conversationId, show }) => {
  const client = connect(url.replace('http', 'ws'), token)
  const stop = listen(client, conversationId, show)
  return {
    close() {
      stop()
      disposeOf(client)
    },
  }
})
