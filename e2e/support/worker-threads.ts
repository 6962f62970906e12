/** The worker threads of the main process, which nothing outside of it could end. */
import type { ElectronApplication } from '@playwright/test'

/** From now on the main process remembers the threads that it starts. Call it before the first one. */
export async function watchWorkers(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const threads = process.getBuiltinModule('node:worker_threads')
    const started: InstanceType<typeof threads.Worker>[] = []
    const Original = threads.Worker
    threads.Worker = class extends Original {
      constructor(...args: ConstructorParameters<typeof Original>) {
        super(...args)
        started.push(this)
      }
    }
    process.getBuiltinModule('node:module').syncBuiltinESMExports()
    Reflect.set(globalThis, 'startedWorkers', started)
  })
}

/** Ends the thread that was started last, at once, as when it ran out of memory. */
export async function killNewestWorker(app: ElectronApplication): Promise<void> {
  await app.evaluate(async () => {
    await Reflect.get(globalThis, 'startedWorkers').at(-1).terminate()
  })
}

/** Ends the thread that was started last as soon as it is asked for `name`, before it can answer. */
export async function killNewestWorkerAtCall(app: ElectronApplication, name: string): Promise<void> {
  await app.evaluate((_, name) => {
    const worker = Reflect.get(globalThis, 'startedWorkers').at(-1)
    const { postMessage } = worker
    worker.postMessage = (message: { readonly name: string }) => {
      if (message.name === name) void worker.terminate()
      else postMessage.call(worker, message)
    }
  }, name)
}
