/// A worker that waited for a job was gone before it took up the one that it was given.
struct WorkerNotReady: Error {
  let cause: WorkerFailure
}
