// Asks the process on this very machine whether it lives: what a container without curl has for a health check.

const LONGEST_MILLISECONDS = 2_000;

const port = process.env['PORT'] ?? '8000';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/health/live/`, {
    signal: AbortSignal.timeout(LONGEST_MILLISECONDS),
  });
  if (!answer.ok) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
