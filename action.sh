# What every step of both actions does first: `. action.sh`, in the workspace, by the runner's bash.
#
# A pull request can change every file of the workspace. So nothing in there may run, be imported, or say how something
# else runs: neither through PATH, nor as a module of Python, nor as a configuration of pip or of git, nor as a hook.
# What the job itself sets stays in force (index, proxies, certificates), unless it points into the workspace.
# BASH_ENV is read before this file is, and is the job's own.
unset BASH_ENV ENV CDPATH
workspace=$(pwd -P)

# Whether a path is relative, which counts from the workspace, or lies in the workspace.
in_workspace() {
  local real=$1
  case $1 in /* | [A-Za-z]:[/\\]*) ;; *) return 0 ;; esac
  [ -d "$real" ] || real=${real%[/\\]*}
  real=$(cd -- "${real:-/}" 2>/dev/null && pwd -P) || real=$1
  [[ $real/ == "$workspace"/* ]]
}

# A list of paths, as in PATH, without those of the workspace. An empty one means the working directory, so it goes too.
without_workspace() {
  local each kept='' rest=$1:
  while [ -n "$rest" ]; do
    each=${rest%%:*} rest=${rest#*:}
    [ -z "$each" ] || in_workspace "$each" || kept=$kept:$each
  done
  printf '%s' "${kept#:}"
}

PATH=$(without_workspace "$PATH")
export PATH
for name in LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT DYLD_LIBRARY_PATH DYLD_INSERT_LIBRARIES; do
  if [ -n "${!name-}" ]; then
    printf -v "$name" %s "$(without_workspace "${!name}")"
    [ -n "${!name}" ] || unset "$name"
  fi
done
# Where configuration is looked for.
for name in HOME USERPROFILE XDG_CONFIG_HOME XDG_CONFIG_DIRS APPDATA NETRC CURL_HOME PIP_CONFIG_FILE GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM \
  GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_SSH; do
  if [ -n "${!name-}" ] && in_workspace "${!name}"; then
    echo "uts-policy: $name points into the workspace and is not used"
    unset "$name"
  fi
done
export HOME="${HOME:-$RUNNER_TEMP}"
# Python is started with -I, but what pip starts is not. PYTHON is ours: which one to start.
for name in "${!PYTHON@}"; do
  [ "$name" = PYTHON ] || unset "$name"
done
# Of pip's options those that say where packages come from; others could name another Python, or more to install.
for name in "${!PIP_@}"; do
  case $name in
    PIP_CONFIG_FILE | PIP_INDEX_URL | PIP_EXTRA_INDEX_URL | PIP_NO_INDEX | PIP_FIND_LINKS | PIP_TRUSTED_HOST) ;;
    PIP_PROXY | PIP_CERT | PIP_CLIENT_CERT | PIP_KEYRING_PROVIDER) ;;
    PIP_CACHE_DIR | PIP_NO_CACHE_DIR | PIP_TIMEOUT | PIP_DEFAULT_TIMEOUT | PIP_RETRIES) ;;
    *) unset "$name" ;;
  esac
done
# Of git's variables those that lead it elsewhere, or name a program.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_NAMESPACE \
  GIT_CONFIG_PARAMETERS GIT_EXTERNAL_DIFF GIT_ASKPASS SSH_ASKPASS GIT_PROXY_COMMAND GIT_PAGER GIT_EDITOR

# git by its absolute path, and without what the configuration of the checkout could make it run. The protocols are those
# that name no program.
isolated_git() {
  local program
  program=$(type -P git) || { echo "uts-policy: there is no git on PATH, outside of the workspace" >&2; return 1; }
  GIT_ALLOW_PROTOCOL=file:git:http:https:ssh GIT_TERMINAL_PROMPT=0 GIT_NO_REPLACE_OBJECTS=1 "$program" \
    -c core.fsmonitor=false -c core.hooksPath=/dev/null -c core.askPass= -c credential.helper= -c core.gitProxy= \
    -c core.sshCommand="${GIT_SSH_COMMAND:-ssh}" -c core.alternateRefsCommand=true -c gc.auto=0 -c maintenance.auto=false \
    -c safe.bareRepository=explicit "$@"
}
