/** The operator's port, on this machine alone: /metrics. */
import { createServer, type Server } from 'node:http'
import type { Metrics } from '../metrics.ts'

export function createAdmin({ metrics }: { metrics: Metrics }): Server {
  return createServer(async (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end('There is /metrics\n')
    const body = await metrics.text()
    return response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(body)
  })
}
