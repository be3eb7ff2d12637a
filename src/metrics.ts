/** Each metric with its unit and sentence; call sites are one line. docs/METRICS.md is printed from here. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
  const readers: (() => Promise<void>)[] = []
  return {
    registry,
    /** For what is looked up when somebody reads. */
    onRead: (look: () => Promise<void>) => void readers.push(look),
    async text(): Promise<string> {
      // While the database is away what it would tell keeps its last value, and all else is told.
      await Promise.allSettled(readers.map((look) => look()))
      return registry.metrics()
    },
    sockets: new Gauge({ name: 'parley_sockets', help: 'WebSockets open on this node', registers }),
    streams: new Gauge({ name: 'parley_streams', help: 'Server-sent event streams open on this node', registers }),
    subscriptions: new Gauge({ name: 'parley_subscriptions', help: 'Subscriptions running on this node', registers }),
    hubs: new Gauge({ name: 'parley_hubs', help: 'Streams that this node follows', registers }),
    appends: new Counter({
      name: 'parley_appends_total',
      help: 'Drafts judged by append, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    appendSeconds: new Histogram({
      name: 'parley_append_seconds',
      help: 'From a draft to its commit',
      buckets: seconds,
      registers,
    }),
    appendBatch: new Histogram({
      name: 'parley_append_batch_drafts',
      help: 'Drafts in one append transaction',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    deliveries: new Counter({ name: 'parley_deliveries_total', help: 'Events given to readers', registers }),
    executions: new Counter({
      name: 'parley_executions_total',
      help: 'Executions of a subscription’s selection: one a group and event',
      registers,
    }),
    holes: new Counter({
      name: 'parley_holes_total',
      help: 'Events that the bus left out and the log filled in',
      registers,
    }),
    holeReads: new Counter({
      name: 'parley_hole_reads_total',
      help: 'Reads of the log to fill them: one for all holes of a moment',
      registers,
    }),
    tailRepairs: new Counter({
      name: 'parley_tail_repairs_total',
      help: 'Streams in which the tail found what the bus never brought',
      registers,
    }),
    busConnected: new Gauge({
      name: 'parley_bus_connected',
      help: '1 while the bus is there, 0 while events of other nodes come by the log alone; the memory bus always is',
      registers,
    }),
    busEvents: new Counter({
      name: 'parley_bus_events_total',
      help: 'Events that went to other nodes by the bus (OUT), or came by it, one’s own included (IN); none on the memory bus',
      labelNames: ['direction'],
      registers,
    }),
    busLost: new Counter({
      name: 'parley_bus_lost_total',
      help: 'Events that did not travel, so that other nodes found them in the log (AWAY, FULL, CUT), or were refused here (UNPARSABLE, UNKNOWN)',
      labelNames: ['reason'],
      registers,
    }),
    databaseUp: new Gauge({
      name: 'parley_database_up',
      help: '1 while the database answers this node, 0 while it is away',
      registers,
    }),
    logLagSeconds: new Gauge({
      name: 'parley_log_lag_seconds',
      help: 'For how long events have been waiting for an older transaction that is still open',
      registers,
    }),
    consumerDeadLetters: new Gauge({
      name: 'parley_consumer_dead_letters',
      help: 'Events that a consumer of the log could not handle, and what waits behind them; see npm run jobs',
      labelNames: ['consumer'],
      registers,
    }),
    messagesOverdue: new Gauge({
      name: 'parley_messages_overdue',
      help: 'Messages that should have gone by themselves more than a minute ago, up to 10,000; the log says which fail, and why',
      registers,
    }),
    tenantMessages: new Gauge({
      name: 'parley_tenant_messages',
      help: 'Messages ever sent, by tenant',
      labelNames: ['tenant'],
      registers,
    }),
  }
}
