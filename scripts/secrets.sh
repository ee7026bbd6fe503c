#!/usr/bin/env bash
# Looks for secrets in every file that is not ignored by git.
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files --cached --others --exclude-standard -z -- . ':!pnpm-lock.yaml' ':!docs/*.svg' |
  xargs -0 npx -y -p secretlint@13.0.6 -p @secretlint/secretlint-rule-preset-recommend@13.0.7 secretlint
