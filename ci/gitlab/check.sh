#!/usr/bin/env bash
# Judges once in a job of GitLab CI, writes its reports into .residency, and ends as the check did.
# In: the variables of residency.gitlab-ci.yml. Values stay values: each is one argument.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p .residency
# Nothing in it belongs to the project, nor to a record of it.
printf '*\n' >.residency/.gitignore
rm -f .residency/*.json .residency/*.xml .residency/*.md .residency/*.html

fail_on=${RESIDENCY_FAIL_ON:-undetermined}
case $fail_on in
undetermined | outside | never) ;;
*)
  echo "error: RESIDENCY_FAIL_ON is '$fail_on': write undetermined, outside or never" >&2
  exit 2
  ;;
esac

options=()
one() { # the name of an option, its value
  if [[ -n $2 ]]; then options+=("--$1=$2"); fi
}
each() { # the name of an option, its values one a line
  local value
  while IFS= read -r value; do one "$1" "$value"; done <<<"$2"
}
one stack "${RESIDENCY_STACK:-}"
one perimeter "${RESIDENCY_PERIMETER:-}"
one configuration "${RESIDENCY_CONFIGURATION:-}"
one baseline "${RESIDENCY_BASELINE:-}"
each region "${RESIDENCY_REGION:-}"
each parameter "${RESIDENCY_PARAMETERS:-}"
each with-state "${RESIDENCY_WITH_STATE:-}"
targets=()
while IFS= read -r target; do
  if [[ -n $target ]]; then targets+=("$target"); fi
done <<<"${RESIDENCY_TARGETS:-.}"

environment=$source/.environment
UV_CACHE_DIR=${UV_CACHE_DIR:-$PWD/.residency/downloads} \
  python3 "$source/run.py" install "$environment" "${RESIDENCY_EXTRAS:-}"

# The program that it evaluates is the merge request's own: it gets no tokens.
code=0
env -u RESIDENCY_TOKEN -u CI_JOB_TOKEN -u CI_REGISTRY_PASSWORD -u CI_DEPLOY_PASSWORD -u CI_REPOSITORY_URL \
  "$environment/bin/residency" check \
  --report=json=.residency/report.json \
  --report=gitlab=.residency/codequality.json \
  --report=junit=.residency/junit.xml \
  --report=markdown=.residency/note.md \
  --report=html=.residency/report.html \
  --record=.residency/record.json \
  "${options[@]}" -- "${targets[@]}" || code=$?

python3 "$source/ci/gitlab/note.py" .residency/note.md || true

case $code:$fail_on in
0:* | 1:never | 3:never | 3:outside) exit 0 ;;
*) exit "$code" ;;
esac
