#!/usr/bin/env bash
# Publishes the domain package with its provenance, once a version, and tags the commit.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(node -p "require('./packages/domain/package.json').version")
if npm view "@kastoma/domain@$version" version >/dev/null 2>&1; then
  echo "@kastoma/domain $version is out already."
  exit 0
fi
npm publish "$(node scripts/pack-domain.ts)" --access public --provenance
npx -y @changesets/cli@3.0.3 tag
