#!/bin/sh
# Sends files to a case of the portal, without a browser. Needs a POSIX shell, curl, gzip, awk and coreutils or busybox.
# Only the files that are named are read; nothing else leaves this machine. `--help` says more.
# Everything stands in functions and is started by the last line, so that half a script does nothing.
# shellcheck disable=SC2317

PORTAL='{{AIRLOCK_URL}}'

usage() {
  cat <<'END'
Sends files to one case, in compressed segments that are safe to repeat.

  curl -fsS PORTAL/send.sh | AIRLOCK_KEY=... sh -s -- [options] FILE...

The upload key is read from the variable AIRLOCK_KEY, from the file that --key-file names, or asked for on the terminal.
It is never put into an argument, an address or a message. A second run sends only what is missing.

  --jobs N         segments that are worked on at once, 1 to 4 (default: one more than there are processors)
  --kind KIND      heap_dump, component_log, os_log, database_backup or other, for all files (default: guessed for each)
  --name NAME      name that the portal shows, where one file is sent (default: the file's own)
  --case REF       stop unless the key is for this case
  --anew           begin anew where a file differs from what was sent of it; the part that a key sent is given up
  --wait           wait until the portal has checked the files
  --dry-run        look at everything, send nothing
  --key-file FILE  file whose first line is the upload key
  --segment-mib N  raw size of a segment, 4 to 64 MiB (default: by the file's size)
  --attempts N     attempts at one request before giving up (default 20: about ten minutes of failure)
  --portal URL     another address of the portal
  --help           this text

Needs temporary disk space for one segment a job, in TMPDIR or /tmp: at most 4 x 64 MiB, most often below 100 MiB.
curl's own variables work: HTTPS_PROXY, NO_PROXY, CURL_CA_BUNDLE. The clock of this machine does not matter.

Exit status:
  0  everything that was named is sent     5  the portal refused: policy, NDA, case closed, name ...
  1  something unforeseen                  6  the network, the portal or its storage gave up
  2  wrong use                             7  not enough temporary disk space
  3  a file cannot be read, or changed     8  a program is missing on this machine
  4  the upload key was not accepted     129  hung up    130  interrupted    143  ended
END
}

main() {
  set +x
  set -u
  umask 077
  LC_ALL=C
  export LC_ALL
  MAIN=$$ ME=m T='' CHILD='' P1='' PRINTER='' WORKERS='' ECHO_OFF='' TTY=''
  NOT_UNDERSTOOD='The portal gave an answer that this script does not understand. Fetch the script again.'
  TAB=$(printf '\t')
  CR=$(printf '\r')
  NL='
'
  [ -t 2 ] && TTY=1
  JOBS='' KIND='' NAME='' CASE='' ANEW='' WAIT='' DRY='' KEY_FILE='' SEGMENT_MIB='' ATTEMPTS=20
  KEY=${AIRLOCK_KEY-}
  unset AIRLOCK_KEY
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --anew) ANEW=1 ;;
      --wait) WAIT=1 ;;
      --dry-run) DRY=1 ;;
      --) shift; break ;;
      --*=*) option "${1%%=*}" "${1#*=}" ;;
      --*)
        [ $# -ge 2 ] || die 2 "The option $1 is not known or needs a value. See --help."
        option "$1" "$2"
        shift
        ;;
      -?*) die 2 "There is no option $1. A file whose name begins with a dash is named as ./$1, or after --." ;;
      *) break ;;
    esac
    shift
  done
  [ $# -gt 0 ] || die 2 'Name the files to send. See --help.'
  [ -z "$NAME" ] || [ $# -eq 1 ] || die 2 '--name needs exactly one file.'
  check_portal
  check_tools
  make_folder
  read_key
  open_case
  RESULT=0 SENT=0 PARALLEL=4
  for argument do
    send_file "$argument"
    code=$?
    if [ "$code" -eq 0 ]; then SENT=$((SENT + 1)); continue; fi
    [ "$RESULT" -ne 0 ] || RESULT=$code
    [ -z "$STOP_ALL" ] || break
  done
  [ -n "$DRY" ] || [ $# -eq 1 ] || note "$SENT of $# files sent."
  wait_for_checks
  exit "$RESULT"
}

option() {
  case $1 in
    --jobs) JOBS=$(number "$2" 1 4) || die 2 '--jobs takes a number from 1 to 4.' ;;
    --segment-mib) SEGMENT_MIB=$(number "$2" 4 64) || die 2 '--segment-mib takes a number from 4 to 64.' ;;
    --attempts) ATTEMPTS=$(number "$2" 1 1000) || die 2 '--attempts takes a number from 1 to 1000.' ;;
    --kind)
      case $2 in heap_dump | component_log | os_log | database_backup | other) KIND=$2 ;; *) die 2 '--kind takes heap_dump, component_log, os_log, database_backup or other.' ;; esac
      ;;
    --name) NAME=$2 ;;
    --case) CASE=$2 ;;
    --key-file) KEY_FILE=$2 ;;
    --portal) PORTAL=$2 ;;
    *) die 2 "There is no option $1. See --help." ;;
  esac
}

number() {
  case $1 in '' | *[!0-9]* | ?????*) return 1 ;; esac
  number_n=${1#"${1%%[!0]*}"}
  [ "${number_n:=0}" -ge "$2" ] && [ "$number_n" -le "$3" ] && printf '%s' "$number_n"
}

# ---- messages: results on standard output, everything else on standard error; never a key or an address of storage ----

printable() { printf '%s' "$1" | tr '\000-\037\177' '?'; }

note() {
  [ -z "$TTY" ] || printf '\r\033[K' >&2
  printf '%s\n' "$1" >&2
}

die() {
  note "send: $2"
  exit "$1"
}

# Ends the work on this file: the first failure is the one that is told. $3 = all: no other file either.
fail() {
  mkdir "$T/stopping" 2>/dev/null || return "$1"
  printf '%s\n%s\n%s\n' "$1" "${3:-file}" "$2" > "$T/stop.new"
  mv "$T/stop.new" "$T/stop"
  return "$1"
}

size_text() {
  if [ "$1" -lt 1000000 ]; then SIZE_TEXT="$1 bytes"; return; fi
  SIZE_TEXT="$(($1 / 1000000)).$(($1 % 1000000 / 100000)) MB"
}

# ---- what is there to work with ----

check_portal() {
  PORTAL=${PORTAL%/}
  case $PORTAL in
    *[!A-Za-z0-9._~:/@%+,=\[\]-]* | *@*) die 2 'The address of the portal is not right. Give it by --portal https://...' ;;
    https://?*) PROTOCOLS='=https' ;;
    http://localhost | http://localhost[:/]* | http://127.0.0.1 | http://127.0.0.1[:/]* | 'http://[::1]' | 'http://[::1]'[:/]*) PROTOCOLS='=http,https' ;;
    http://*) die 2 'The portal is reached by https:// only.' ;;
    *) die 2 'This copy of the script does not know its portal. Give the address by --portal https://...' ;;
  esac
}

have() { command -v "$1" > /dev/null 2>&1; }

check_tools() {
  missing=
  for tool in curl gzip awk dd tee od tr sed mktemp mkfifo mkdir mv rm ls df sleep cat head tail date wc; do have "$tool" || missing="$missing $tool"; done
  if have openssl && [ "$(printf x | openssl dgst -sha256 -r 2> /dev/null | cut -c 1-8)" = 2d711642 ]; then HASH='openssl dgst -sha256 -r'
  elif have sha256sum; then HASH=sha256sum
  elif have shasum; then HASH='shasum -a 256'
  else missing="$missing sha256sum"; fi
  [ -z "$missing" ] || die 8 "These programs are missing:$missing"
  PROCESSORS=$(nproc 2> /dev/null || getconf _NPROCESSORS_ONLN 2> /dev/null || echo 2)
  case $PROCESSORS in '' | *[!0-9]*) PROCESSORS=2 ;; esac
  if [ -z "$JOBS" ]; then
    JOBS=$((PROCESSORS + 1))
    [ "$JOBS" -le 4 ] || JOBS=4
  fi
  PACK=gzip LEVELS=1 IS_PIGZ=''
  if have pigz && printf x | pigz -p 1 -c -1 > /dev/null 2>&1; then PACK='pigz -p 1' IS_PIGZ=1
  elif ! printf x | gzip -c -1 > /dev/null 2>&1; then LEVELS=''; fi
  if stat -L -c '%s' / > /dev/null 2>&1; then STAT='gnu'
  elif stat -L -f '%z' / > /dev/null 2>&1; then STAT='bsd'
  else STAT='ls'; fi
}

make_folder() {
  folder=${TMPDIR:-/tmp}
  case $folder in *\"* | *\\* | *"$NL"*) die 2 'The name of the temporary folder holds a quotation mark or a backslash. Set TMPDIR to another one.' ;; esac
  trap 'clean_up' EXIT
  trap 'exit 129' HUP
  trap 'note "Interrupted. What is stored stays stored: run the same command again to go on."; exit 130' INT
  trap 'exit 143' TERM
  T=$(mktemp -d "$folder/airlock-send.XXXXXXXX") || die 7 "No folder could be made in $(printable "$folder"). Set TMPDIR to one that can be written to."
  json_reader > "$T/json.awk"
  name_writer > "$T/name.awk"
  printf 'silent\nshow-error\nproto = "%s"\nconnect-timeout = 30\nuser-agent = "airlock-send/1"\n' "$PROTOCOLS" > "$T/common"
}

clean_up() {
  trap '' HUP INT TERM
  [ -z "$ECHO_OFF" ] || stty echo < /dev/tty
  [ ! -d "$T" ] || { printf '' > "$T/stop"; } 2> /dev/null
  # shellcheck disable=SC2086
  kill $CHILD $P1 $PRINTER $WORKERS 2> /dev/null
  for pid in $WORKERS; do wait "$pid" 2> /dev/null; done
  [ -z "$T" ] || rm -rf "$T"
  [ -z "$TTY" ] || printf '\r\033[K' >&2
}

read_key() {
  if [ -n "$KEY_FILE" ]; then
    if [ ! -r "$KEY_FILE" ] || [ ! -f "$KEY_FILE" ]; then die 2 'The file that --key-file names cannot be read.'; fi
    IFS= read -r KEY < "$KEY_FILE"
  elif [ -z "$KEY" ] && [ -z "$DRY" ] && (: < /dev/tty) 2> /dev/null; then
    printf 'Upload key: ' > /dev/tty
    ECHO_OFF=1
    stty -echo < /dev/tty
    IFS= read -r KEY < /dev/tty
    stty echo < /dev/tty
    ECHO_OFF=
    printf '\n' > /dev/tty
  fi
  KEY=${KEY%"$CR"}
  if [ -z "$KEY" ] && [ -n "$DRY" ]; then return; fi
  [ -n "$KEY" ] || die 2 'Give the upload key in the variable AIRLOCK_KEY, or by --key-file.'
  case $KEY in
    *[!A-Za-z0-9._~+/=-]*) die 4 'This is not an upload key: it holds characters that no key has.' ;;
    ????????????????*) ;;
    *) die 4 'This is not an upload key: it is too short.' ;;
  esac
  cat "$T/common" - > "$T/auth" <<END
header = "Authorization: Bearer $KEY"
header = "Accept: application/json"
max-time = 300
END
  KEY_TAG=$(printf 'key %s' "$KEY" | $HASH) KEY=
}

open_case() {
  : > "$T/unfinished"
  [ -s "$T/auth" ] || return 0
  api GET /api/v1/upload-key
  code=$?
  if [ "$code" -ne 0 ]; then
    refusal "$code"
    die "$FAIL_CODE" "$FAIL_TEXT"
  fi
  value "$A_FILE" caseReference
  case $VALUE in '' | *[!A-Z0-9-]*) die 6 "$NOT_UNDERSTOOD" ;; esac
  if [ -n "$CASE" ] && [ "$CASE" != "$VALUE" ]; then die 5 "The key is for the case $VALUE, not for the one that --case names."; fi
  CASE=$VALUE
  mv "$A_FILE" "$T/unfinished"
  value "$T/unfinished" expiresAt
  note "Case $CASE at $PORTAL; the key works until $(printable "$VALUE")."
}

# ---- JSON ----

# One line a value: its path, a tab, the value. Records are what lies between quotation marks, so that a long answer is read once.
json_reader() {
  cat <<'AWK'
function put(v,   p, d) {
  for (d = 1; d <= depth; d++) p = p (d > 1 ? "." : "") key[d]
  print p "\t" v
}
function flush() { if (literal != "") { put(literal); literal = "" } }
function outside(s,   i, c) {
  for (i = 1; i <= length(s); i++) {
    c = substr(s, i, 1)
    if (c == "{") { depth++; kind[depth] = "o"; named = 0 }
    else if (c == "[") { depth++; kind[depth] = "a"; key[depth] = 0 }
    else if (c == "}" || c == "]") { flush(); depth-- }
    else if (c == ":") named = 1
    else if (c == ",") { flush(); if (kind[depth] == "a") key[depth]++; else named = 0 }
    else if (c !~ /[ \t\r\n]/) literal = literal c
  }
}
function hex(s,   i, n) { for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", tolower(substr(s, i, 1))) - 1; return n }
function character(n) {
  if (n < 32 || n == 127) return " "
  if (n < 128) return sprintf("%c", n)
  if (n < 2048) return sprintf("%c%c", 192 + int(n / 64), 128 + n % 64)
  if (n < 65536) return sprintf("%c%c%c", 224 + int(n / 4096), 128 + int(n / 64) % 64, 128 + n % 64)
  return sprintf("%c%c%c%c", 240 + int(n / 262144), 128 + int(n / 4096) % 64, 128 + int(n / 64) % 64, 128 + n % 64)
}
function plain(s,   out, at, c, n, low) {
  while ((at = index(s, "\\")) > 0) {
    out = out substr(s, 1, at - 1)
    c = substr(s, at + 1, 1)
    if (c == "u") {
      n = hex(substr(s, at + 2, 4))
      s = substr(s, at + 6)
      if (n >= 55296 && n < 56320 && substr(s, 1, 2) == "\\u") {
        low = hex(substr(s, 3, 4))
        n = 65536 + (n - 55296) * 1024 + low - 56320
        s = substr(s, 7)
      }
      out = out character(n)
    } else {
      out = out (index("nrtbf", c) > 0 ? " " : c)
      s = substr(s, at + 2)
    }
  }
  return out s
}
BEGIN { RS = "\""; depth = 0; literal = ""; text = ""; inside = 0 }
!inside { outside($0); inside = 1; next }
{
  text = text $0
  n = 0
  while (n < length(text) && substr(text, length(text) - n, 1) == "\\") n++
  if (n % 2 == 1) { text = text "\""; next }
  if (kind[depth] == "o" && !named) key[depth] = plain(text); else put(plain(text))
  text = ""
  inside = 0
}
AWK
}

# A file name, as bytes in hexadecimal, becomes a JSON string of ASCII. Fails where the bytes are not UTF-8 (RFC 3629).
name_writer() {
  cat <<'AWK'
{ for (i = 1; i <= NF; i++) b[n++] = (index(digits, substr($i, 1, 1)) - 1) * 16 + index(digits, substr($i, 2, 1)) - 1 }
END {
  i = 0
  while (i < n) {
    c = b[i++]
    if (c < 128) { cp = c; more = 0; least = 0 }
    else if (c >= 194 && c < 224) { cp = c - 192; more = 1; least = 128 }
    else if (c >= 224 && c < 240) { cp = c - 224; more = 2; least = 2048 }
    else if (c >= 240 && c < 245) { cp = c - 240; more = 3; least = 65536 }
    else exit 1
    for (; more > 0; more--) {
      if (i >= n || b[i] < 128 || b[i] > 191) exit 1
      cp = cp * 64 + b[i++] - 128
    }
    if (cp < least || (cp >= 55296 && cp <= 57343) || cp > 1114111) exit 1
    if (cp >= 32 && cp < 127 && cp != 34 && cp != 92) out = out sprintf("%c", cp)
    else if (cp < 65536) out = out sprintf("\\u%04x", cp)
    else { cp -= 65536; out = out sprintf("\\u%04x\\u%04x", 55296 + int(cp / 1024), 56320 + cp % 1024) }
  }
  print "\"" out "\""
}
AWK
}

# The value at a path of a file that json.awk wrote.
value() {
  VALUE=
  while IFS=$TAB read -r value_path value_text; do
    [ "$value_path" = "$2" ] || continue
    VALUE=$value_text
    return 0
  done < "$1"
  return 1
}

# ---- requests ----

# Runs curl with everything in files that only this account can read: neither key nor address is in the list of processes.
run_curl() {
  : > "$T/$ME.code"
  : > "$T/$ME.head"
  curl -q --config "$T/$1" --config "$T/$ME.call" > "$T/$ME.code" 2> "$T/$ME.err" &
  CHILD=$!
  wait "$CHILD"
  CURL=$?
  CHILD=
  # Another lane saw that the run was killed, and took the folder away.
  [ -d "$T" ] || exit 1
  C_STATUS=000 C_TIME=0.0 C_PROXY=000
  read -r C_STATUS C_TIME C_PROXY < "$T/$ME.code"
  # 100 is what curl tells where storage asked for the body and then was cut off: no answer.
  case $C_STATUS in [2-5][0-9][0-9]) ;; *) C_STATUS=000 ;; esac
  RETRY_AFTER=0
  [ -s "$T/$ME.head" ] || return 0
  head_ended=
  while IFS=': ' read -r head_name head_value; do
    case $head_name in
      HTTP/*) head_ended= ;;
      '' | "$CR") head_ended=1 ;;
      [Rr]etry-[Aa]fter) RETRY_AFTER=$(number "${head_value%"$CR"}" 0 9999) || RETRY_AFTER=0 ;;
    esac
  done < "$T/$ME.head"
  # curl is content with an answer that is cut off within its headers (7.88 ends with 0).
  [ -z "$head_ended" ] || return 0
  [ "$CURL" -ne 0 ] || CURL=56
  case $C_STATUS in 2??) ;; *) C_STATUS=000 ;; esac
}

# True where another attempt can help: no answer at all, 408, 429, 5xx. A certificate that is not trusted stays so, and a proxy that refuses.
is_passing() {
  case $C_STATUS$C_PROXY in 000408 | 000429) ;; 0004??) return 1 ;; esac
  case $C_STATUS in
    000) case $CURL in 1 | 2 | 3 | 4 | 27 | 51 | 53 | 54 | 58 | 59 | 60 | 66 | 77 | 83 | 90 | 91) return 1 ;; esac ;;
    408 | 429 | 5??) ;;
    *) return 1 ;;
  esac
}

# Full jitter: evenly spread over 0 to 1, 2, 4 ... 60 seconds, and at least what the server asked for.
pause() {
  pause_most=60
  [ "$1" -gt 6 ] || pause_most=$((1 << ($1 - 1)))
  pause_random=$(od -An -N2 -tu2 /dev/urandom 2> /dev/null)
  pause_seconds=$((${pause_random:-32768} * (pause_most + 1) / 65536))
  [ "$RETRY_AFTER" -le 300 ] || RETRY_AFTER=300
  [ "$pause_seconds" -ge "$RETRY_AFTER" ] || pause_seconds=$RETRY_AFTER
  [ "$1" -lt 3 ] || note "$(trouble) Trying again in $pause_seconds s ($1 of $ATTEMPTS attempts failed)."
  [ "$pause_seconds" -gt 0 ] || return 0
  sleep "$pause_seconds" &
  CHILD=$!
  wait "$CHILD"
  CHILD=
}

trouble() {
  if [ "$C_STATUS" != 000 ]; then printf 'The answer was %s.' "$C_STATUS"; return; fi
  case $C_PROXY in
    407) printf 'The proxy in HTTPS_PROXY refused with 407: it wants a name and a password, as in http://name:password@host:port.'; return ;;
    4??) printf 'The proxy in HTTPS_PROXY refused with %s: ask whoever runs it to let this machine reach the portal and its storage.' "$C_PROXY"; return ;;
  esac
  trouble_text=
  read -r trouble_text < "$T/$ME.err"
  case $trouble_text in *X-Amz* | *Bearer*) trouble_text= ;; esac
  printf 'No answer (%s).' "$(printable "${trouble_text:-curl ended with $CURL}")"
}

# api METHOD PATH [BODY]: the answer as paths and values in A_FILE. Answers 0, 5 where the portal refused, or 6 where it gave up.
api() {
  A_FILE=$T/$ME.answer
  api_failed=0
  while :; do
    {
      printf 'url = "%s%s"\nrequest = "%s"\noutput = "%s"\ndump-header = "%s"\nwrite-out = "%%{http_code} %%{time_total} %%{http_connect}\\n"\n' "$PORTAL" "$2" "$1" "$T/$ME.json" "$T/$ME.head"
      if [ $# -gt 2 ]; then
        printf '%s' "$3" > "$T/$ME.body"
        printf 'header = "Content-Type: application/json"\ndata-binary = "@%s"\n' "$T/$ME.body"
      fi
    } > "$T/$ME.call"
    : > "$T/$ME.json"
    run_curl auth
    A_STATUS=$C_STATUS
    case $A_STATUS in 2??)
      [ "$CURL" -ne 0 ] || { awk -f "$T/json.awk" "$T/$ME.json" > "$A_FILE"; return 0; }
      C_STATUS=000
      ;;
    esac
    if ! is_passing; then
      awk -f "$T/json.awk" "$T/$ME.json" > "$A_FILE" 2> /dev/null
      [ "$C_STATUS" != 000 ] || return 6
      return 5
    fi
    api_failed=$((api_failed + 1))
    [ "$api_failed" -lt "$ATTEMPTS" ] || { : > "$A_FILE"; return 6; }
    [ ! -e "$T/stop" ] || return 6
    pause "$api_failed"
  done
}

# What an answer means to a person: FAIL_CODE, FAIL_TEXT, and FAIL_SCOPE (this file, or all).
refusal() {
  FAIL_SCOPE=all
  if [ "$1" -eq 6 ]; then
    FAIL_CODE=6 FAIL_TEXT="The portal does not answer. $(trouble) What is stored stays stored: run the same command again to go on."
    return
  fi
  value "$A_FILE" title && FAIL_TEXT="$VALUE. " || FAIL_TEXT="The portal answered $A_STATUS. "
  value "$A_FILE" detail && FAIL_TEXT="$FAIL_TEXT$VALUE"
  value "$A_FILE" errors.0.message && FAIL_TEXT="$FAIL_TEXT $VALUE"
  value "$A_FILE" reference && FAIL_TEXT="$FAIL_TEXT (for support: $VALUE)"
  value "$A_FILE" code
  FAIL_CODE=5
  case $VALUE in
    upload_key_invalid | unauthenticated) FAIL_CODE=4 ;;
    segment_conflict) FAIL_CODE=3 FAIL_SCOPE='file' ;;
    validation_failed | segment_out_of_range | file_wrong_state | conflict | not_found | segments_missing) FAIL_SCOPE='file' ;;
  esac
}

refuse() {
  refusal "$1"
  fail "$FAIL_CODE" "$FAIL_TEXT" "$FAIL_SCOPE"
}

# ---- one file ----

# Size, time of change and inode: what must not change while the file is read.
fingerprint() {
  case $STAT in
    gnu) TZ=UTC0 stat -L -c '%s %y %i' -- "$1" 2> /dev/null ;;
    bsd) stat -L -f '%z %Fm %i' -- "$1" 2> /dev/null ;;
    *)
      # shellcheck disable=SC2012
      ls -lnLdi -- "$1" 2> /dev/null | awk 'NR == 1 { print $6, $7, $8, $9, $1 }'
      ;;
  esac
}

guess_kind() {
  head -c 18 -- "$F_PATH" | od -An -v -tx1 | tr -d ' \n' > "$T/magic"
  magic=
  read -r magic < "$T/magic"
  [ -z "$KIND" ] || { F_KIND=$KIND; return; }
  case $magic in
    4a4156412050524f46494c4520312e302e*) F_KIND=heap_dump; return ;;
    5047444d50*) F_KIND=database_backup; return ;;
  esac
  case $(printf '%s' "$F_NAME" | tr '[:upper:]' '[:lower:]' | sed -e 's/\.gz$//' -e 's/\.tar$//' -e 's/\.zip$//') in
    *.hprof | *.phd | java_pid[0-9]* | *heapdump* | *heap[-_.]dump*) F_KIND=heap_dump ;;
    *.dump | *.backup | *.bak | *.dmp | *.sql | *.db | *.sqlite | *.sqlite3 | *pg_dump* | *mysqldump*) F_KIND=database_backup ;;
    syslog* | messages* | dmesg* | kern* | journal* | sar[0-9]* | vmstat* | iostat* | *journalctl* | *sosreport* | *.evtx | *.journal) F_KIND=os_log ;;
    *.log | *.log[-_.]* | *.out | *.out.* | *.err | *.txt | *.trace | catalina* | *thread*dump* | hs_err_pid*) F_KIND=component_log ;;
    *) F_KIND=other ;;
  esac
}

look_at_file() {
  F_PATH=$1
  case $F_PATH in -*) F_PATH=./$F_PATH ;; esac
  F_NAME=${F_PATH##*/}
  F_SHOWN=$(printable "$F_NAME")
  STOP_ALL=
  if [ -d "$F_PATH" ]; then note "send: $F_SHOWN is a folder. Name the files in it."; return 3; fi
  if [ ! -f "$F_PATH" ] || [ ! -r "$F_PATH" ]; then note "send: $F_SHOWN is not there, or cannot be read by this account."; return 3; fi
  F_PRINT=$(fingerprint "$F_PATH")
  F_SIZE=${F_PRINT%% *}
  case $F_SIZE in '' | *[!0-9]*) note "send: $F_SHOWN cannot be looked at."; return 3 ;; esac
  [ -z "$NAME" ] || F_NAME=$NAME
  F_JSON=$(printf '%s' "$F_NAME" | od -An -v -tx1 | awk -v digits=0123456789abcdef -f "$T/name.awk") || {
    note "send: The name of $F_SHOWN is not valid UTF-8, which the portal needs. Give another one by --name."
    return 3
  }
  guess_kind
  F_ENCODING=raw
  case $magic in 1f8b*) F_ENCODING=gzip ;; esac
}

choose_segment() {
  mib=16
  [ "$F_SIZE" -lt 1073741824 ] || mib=32
  [ "$F_SIZE" -gt 268435456 ] || mib=8
  [ -z "$SEGMENT_MIB" ] || mib=$SEGMENT_MIB
  SEGMENT=$((mib * 1048576))
}

count_segments() {
  COUNT=$(((F_SIZE + SEGMENT - 1) / SEGMENT))
  [ "$COUNT" -gt 0 ] || COUNT=1
  COUNT_TEXT="$COUNT segments"
  [ "$COUNT" -ne 1 ] || COUNT_TEXT='1 segment'
}

send_file() {
  rm -rf "$T/stopping" "$T/stop"
  look_at_file "$1" || return
  choose_segment
  count_segments
  if [ -n "$DRY" ]; then tell_plan; return; fi
  open_file
  code=$?
  [ "$code" -ne 9 ] || return 0
  [ "$code" -eq 0 ] || { tell_failure; return; }
  transfer || { tell_failure; return; }
  finish || { tell_failure; return; }
}

tell_failure() {
  { read -r failure_code; read -r failure_scope; read -r failure_text; } < "$T/stop"
  [ "$failure_scope" != all ] || STOP_ALL=1
  note "send: $F_SHOWN: $(printable "$failure_text")"
  return "$failure_code"
}

tell_plan() {
  choose_jobs || { tell_failure; return; }
  size_text "$F_SIZE"
  printf '%s: %s, %s, encoding %s, %s of %s MiB, %s at once, %s MiB of temporary space at most\n' "$F_SHOWN" "$SIZE_TEXT" "$F_KIND" "$F_ENCODING" "$COUNT_TEXT" "$mib" "$LANES" "$((LANES * (mib + 1)))"
}

# Jobs for which there is disk space in the temporary folder: one compressed segment each.
choose_jobs() {
  LANES=$JOBS
  [ "$LANES" -le "$PARALLEL" ] || LANES=$PARALLEL
  [ "$LANES" -le "$COUNT" ] || LANES=$COUNT
  need=$((SEGMENT / 1024 + 1024))
  [ "$F_SIZE" -ge "$SEGMENT" ] || need=$((F_SIZE / 1024 + 1024))
  free=$(df -Pk "$T" 2> /dev/null | awk 'NR == 2 { print $4 }')
  case $free in '' | *[!0-9]*) free=$((LANES * need)) ;; esac
  if [ "$free" -lt "$need" ]; then
    fail 7 "The temporary folder has $((free / 1024)) MiB free; $((need / 1024)) MiB are needed. Set TMPDIR to a folder with more." all
    return
  fi
  [ "$free" -ge $((LANES * need)) ] || LANES=$((free / need))
}

# Finds what a run before this one left unfinished, or reserves the file. Answers 9 where it was sent before.
open_file() {
  FILE_ID=$(F_NAME=$F_NAME F_SIZE=$F_SIZE F_ENCODING=$F_ENCODING awk -F "$TAB" '
    { split($1, part, "."); of = part[2] }
    part[1] != "files" { next }
    part[3] == "fileId" { id[of] = $2 }
    part[3] == "name" { name[of] = $2 }
    part[3] == "sizeBytes" { size[of] = $2 }
    part[3] == "encoding" { encoding[of] = $2 }
    END { for (of in id) if (name[of] == ENVIRON["F_NAME"] && size[of] == ENVIRON["F_SIZE"] && encoding[of] == ENVIRON["F_ENCODING"]) { print id[of]; exit } }' "$T/unfinished")
  if [ -n "$FILE_ID" ]; then
    read_status || return
    case $STATE in
      reserved | uploading)
        if [ -z "$ANEW" ]; then note "$F_SHOWN: going on with what was sent before."; return 0; fi
        # What a person began in a browser is not the key's to give up: it stays, and this is sent beside it.
        api DELETE "/api/v1/files/$FILE_ID" || [ "$A_STATUS" = 409 ] || [ "$A_STATUS" = 404 ] || { refuse $?; return; }
        ;;
    esac
  fi
  reserve
}

reserve() {
  case $F_PATH in /*) reserve_path=$F_PATH ;; *) reserve_path=$PWD/$F_PATH ;; esac
  generation=0
  while [ "$generation" -lt 20 ]; do
    # The same for the same file, key and case, so that a reservation whose answer was lost is found again.
    client_id=$(printf '%s\n' "$KEY_TAG" "$CASE" "$reserve_path" "$F_PRINT" "$F_NAME" "$generation" | $HASH | sed 's/^\(........\)\(....\).\(...\).\(...\)\(............\).*/\1-\2-8\3-8\4-\5/')
    generation=$((generation + 1))
    if ! api POST "/api/v1/cases/$CASE/files" "{\"name\":$F_JSON,\"kind\":\"$F_KIND\",\"sizeBytes\":$F_SIZE,\"encoding\":\"$F_ENCODING\",\"segmentBytes\":$SEGMENT,\"clientFileId\":\"$client_id\"}"; then
      code=5
      case $A_STATUS in 000 | 408 | 429 | 5??) code=6 ;; esac
      value "$A_FILE" code
      [ "$VALUE" != conflict ] || continue
      refuse "$code"
      return
    fi
    value "$A_FILE" fileId
    FILE_ID=$VALUE
    read_status || return
    case $STATE in
      reserved | uploading) [ -z "$ANEW" ] || [ ! -s "$T/segments" ] || continue; return 0 ;;
      stored | verified | analysed)
        [ -z "$ANEW" ] || continue
        printf '%s: was sent before, and is %s (file %s)\n' "$F_SHOWN" "$STATE" "$FILE_ID"
        return 9
        ;;
      abandoned) [ -n "$ANEW" ] || note "$F_SHOWN: what was begun before was given up (cancelled, or without a sign of life for 24 hours), so all of it is sent." ;;
      quarantined)
        [ -z "$ANEW" ] || continue
        fail 5 'The portal received this file before and holds it back, because its check failed. Its page says why. To send it all the same, use --anew.'
        return
        ;;
    esac
  done
  fail 5 'The portal refuses every new reservation of this file. Tell support.'
}

# The state of a file, how it is cut, and its segments as lines: index, state, hash.
read_status() {
  case $FILE_ID in '' | *[!0-9a-f-]*) fail 6 "$NOT_UNDERSTOOD" all; return ;; esac
  api GET "/api/v1/files/$FILE_ID" || { refuse $?; return; }
  value "$A_FILE" state
  STATE=$VALUE
  value "$A_FILE" segmentBytes
  case $VALUE in '' | *[!0-9]* | 0*) fail 6 "$NOT_UNDERSTOOD" all; return ;; esac
  SEGMENT=$VALUE
  count_segments
  value "$A_FILE" maxParallel
  case $VALUE in [1-9]) PARALLEL=$VALUE ;; esac
  awk -F "$TAB" '
    { split($1, part, ".") }
    part[1] != "segments" { next }
    part[3] == "index" { index_of[part[2]] = $2 }
    part[3] == "state" { state[part[2]] = $2 }
    part[3] == "rawSha256" { hash[part[2]] = $2 }
    END { for (at in index_of) print index_of[at], state[at], hash[at] }' "$A_FILE" > "$T/segments"
}

# Segments that were announced and perhaps sent: the portal looks, so that none is made anew that is stored.
look_for_announced() {
  : > "$T/found"
  awk '$2 == "announced" { print $1 }' "$T/segments" > "$T/ask"
  ask_stored
}

# Asks about the indexes in $T/ask, 100 at a time; those that are stored are added to $T/found.
ask_stored() {
  [ -s "$T/ask" ] || return 0
  awk '{ printf "%s%s", (NR % 100 == 1 ? (NR > 1 ? "\n" : "") : ","), $1 } END { print "" }' "$T/ask" > "$T/batches"
  while read -r batch <&5; do
    api POST "/api/v1/files/$FILE_ID/segments/stored" "{\"indexes\":[$batch]}" || { refuse $?; return; }
    awk -F "$TAB" '$1 ~ /^stored\./ { print $2 }' "$A_FILE" >> "$T/found"
  done 5< "$T/batches"
}

# What is to be done, a line a segment: index, raw bytes, and the hash of what is stored or "-". Stored ones are compared first.
write_todo() {
  awk -v count="$COUNT" -v size="$F_SIZE" -v segment="$SEGMENT" '
    FILENAME ~ /found$/ { found[$1] = 1; next }
    $2 == "stored" || found[$1] { stored[$1] = $3 }
    function line(i, hash) { printf "%d %.0f %s\n", i, (i < count ? segment : size - (count - 1) * segment), hash }
    END {
      for (i = 1; i <= count; i++) if (i in stored) line(i, stored[i])
      for (i = 1; i <= count; i++) if (!(i in stored)) line(i, "-")
    }' "$T/found" "$T/segments" > "$T/todo"
}

transfer() {
  look_for_announced || return
  choose_jobs || return
  write_todo
  size_text "$F_SIZE"
  note "$F_SHOWN: $SIZE_TEXT, $F_KIND, $COUNT_TEXT, $LANES at once, $((LANES * (SEGMENT / 1048576 + 1))) MiB of temporary space at most, $((free / 1024)) MiB free."
  rm -f "$T"/p.*
  round=1
  run_lanes || return
  while ! complete_file; do
    [ "$FAIL_CODE" -eq 0 ] || return "$FAIL_CODE"
    round=$((round + 1))
    [ "$round" -le 5 ] || { fail 6 'Segments were sent, but the portal does not find them in storage. Run the same command again; if it happens again, tell support.' all; return; }
    run_lanes || return
  done
}

run_lanes() {
  rm -rf "$T/claims" "$T/lanes-ended"
  mkdir "$T/claims"
  up
  BEGAN=$UP
  lane=0
  while [ "$lane" -lt "$LANES" ]; do
    lane=$((lane + 1))
    run_lane "$lane" &
    WORKERS="$WORKERS $!"
  done
  watch_progress &
  PRINTER=$!
  for pid in $WORKERS; do
    wait "$pid"
    code=$?
    [ "$code" -eq 0 ] || [ -e "$T/stop" ] || fail 1 'A part of this script ended unexpectedly. Run the same command again: it goes on where it stopped.' all
  done
  WORKERS=
  : > "$T/lanes-ended"
  kill "$PRINTER" 2> /dev/null
  wait "$PRINTER" 2> /dev/null
  PRINTER=
  [ ! -e "$T/stop" ]
}

# Answers 1 with FAIL_CODE 0 where segments are missing: they are the new list of what is to be done.
complete_file() {
  if [ "$(fingerprint "$F_PATH")" != "$F_PRINT" ]; then changed; FAIL_CODE=3; return 1; fi
  api POST "/api/v1/files/$FILE_ID/complete" "{\"segmentCount\":$COUNT}" && { FAIL_CODE=0; return 0; }
  code=5
  case $A_STATUS in 000 | 408 | 429 | 5??) code=6 ;; esac
  value "$A_FILE" code
  if [ "$VALUE" != segments_missing ]; then refuse "$code"; return 1; fi
  awk -F "$TAB" '$1 ~ /^missing\./ { print $2 }' "$A_FILE" > "$T/ask"
  cp "$T/ask" "$T/missing"
  : > "$T/found"
  ask_stored || { FAIL_CODE=$?; return 1; }
  awk -v count="$COUNT" -v size="$F_SIZE" -v segment="$SEGMENT" '
    FILENAME ~ /found$/ { found[$1] = 1; next }
    !found[$1] { printf "%d %.0f -\n", $1, ($1 < count ? segment : size - (count - 1) * segment) }' "$T/found" "$T/missing" > "$T/todo"
  FAIL_CODE=0
  return 1
}

finish() {
  sum_progress
  up
  seconds=$(((UP - BEGAN) / 100))
  size_text "$SUM_SENT"
  sent_text=$SIZE_TEXT
  size_text "$F_SIZE"
  printf '%s: sent, %s as %s in %s s (file %s)\n' "$F_SHOWN" "$SIZE_TEXT" "$sent_text" "$seconds" "$FILE_ID"
  [ -z "$WAIT" ] || printf '%s %s\n' "$FILE_ID" "$F_SHOWN" >> "$T/waiting"
}

# The portal reads each file back after it is stored. What it does not find right makes this run fail.
wait_for_checks() {
  [ -s "$T/waiting" ] || return 0
  note 'Waiting until the portal has checked what was sent.'
  while read -r FILE_ID F_SHOWN <&6; do
    rm -rf "$T/stopping" "$T/stop"
    wait_for_check || { tell_failure; RESULT=$?; }
  done 6< "$T/waiting"
}

wait_for_check() {
  while :; do
    read_status || return
    case $STATE in
      verified | analysed) printf '%s: verified. Receipt: %s\n' "$F_SHOWN" "$PORTAL/api/v1/files/$FILE_ID/receipt"; return 0 ;;
      stored) ;;
      *) fail 5 "The portal did not verify this file: it is $STATE. Its page says why."; return ;;
    esac
    sleep 1 &
    CHILD=$!
    wait "$CHILD"
    CHILD=
  done
}

changed() {
  fail 3 'The file changed while it was sent, or is still being written. Send a copy of it, or send it again once it is complete.'
}

# ---- progress ----

# Hundredths of a second since some moment, by a clock that nobody sets where there is one.
up() {
  if [ -r /proc/uptime ]; then
    read -r up_text _ < /proc/uptime
    UP=${up_text%.*}${up_text#*.}
  else
    UP=$(date +%s)00
  fi
}

sum_progress() {
  SUM_RAW=0 SUM_SENT=0
  for progress_file in "$T"/p.*; do
    [ -s "$progress_file" ] || continue
    progress_raw='' progress_sent=''
    read -r progress_raw progress_sent < "$progress_file"
    SUM_RAW=$((SUM_RAW + ${progress_raw:-0})) SUM_SENT=$((SUM_SENT + ${progress_sent:-0}))
  done
}

# A line that is written over on a terminal; in a log a line for each tenth, and one a minute. A signal that reaches a process which the
# shell has just forked is lost (it still has its parent's traps), so that whoever is told to end also looks for a file.
watch_progress() {
  trap - EXIT HUP INT
  trap 'exit 0' TERM
  told=-1 quiet=0
  while is_main_alive && [ ! -e "$T/lanes-ended" ]; do
    sum_progress
    up
    percent=100
    [ "$F_SIZE" -eq 0 ] || percent=$((SUM_RAW / (F_SIZE / 100 + 1)))
    rate=$((SUM_RAW * 100 / (UP - BEGAN + 1)))
    size_text "$rate"
    line="$F_SHOWN: $percent % done, $SIZE_TEXT/s"
    if [ -n "$TTY" ]; then printf '\r\033[K%s' "$line" >&2
    elif [ "$SUM_RAW" -gt 0 ] && { [ $((percent / 10)) -gt "$told" ] || [ "$quiet" -ge 60 ]; }; then
      note "$line"
      told=$((percent / 10)) quiet=0
    fi
    quiet=$((quiet + 1))
    sleep 1 &
    wait $!
  done
}

# False once the run was killed. A process that nobody has waited for is dead, though it still has its number.
is_main_alive() {
  kill -0 "$MAIN" 2> /dev/null || return 1
  [ -r "/proc/$MAIN/stat" ] || return 0
  main_state=
  read -r _ _ main_state _ < "/proc/$MAIN/stat"
  [ "$main_state" != Z ]
} 2> /dev/null

# ---- one lane: takes segments one after another until none is left ----

run_lane() {
  trap - EXIT
  # shellcheck disable=SC2086
  trap 'kill $CHILD $P1 2> /dev/null; exit 143' TERM HUP
  ME=$1 CHILD='' P1='' LEVEL=1 RAW_DONE=0 SENT_DONE=0 UNTOLD='' UNTOLD_COUNT=0
  if [ -s "$T/p.$ME" ]; then read -r RAW_DONE SENT_DONE < "$T/p.$ME"; fi
  [ -p "$T/$ME.fifo" ] || mkfifo "$T/$ME.fifo"
  while read -r S_INDEX S_BYTES S_HASH <&4; do
    [ ! -e "$T/stop" ] || exit 0
    is_main_alive || break
    mkdir "$T/claims/$S_INDEX" 2> /dev/null || continue
    if [ "$S_HASH" = - ]; then send_segment || exit 0
    else compare_segment || exit 0; fi
    RAW_DONE=$((RAW_DONE + S_BYTES))
    printf '%s %s\n' "$RAW_DONE" "$SENT_DONE" > "$T/p.$ME"
  done 4< "$T/todo"
  rm -f "$T/$ME.seg"
  is_main_alive || { rm -rf "$T"; exit 1; }
  tell_portal
  exit 0
}

# The raw bytes of a segment on standard output; dd's account of them in $ME.dd.
slice() {
  slice_at=$(((S_INDEX - 1) * SEGMENT))
  if [ $((SEGMENT % 1048576)) -eq 0 ]; then
    exec dd if="$F_PATH" bs=1048576 skip=$((slice_at / 1048576)) count=$(((S_BYTES + 1048575) / 1048576)) 2> "$T/$ME.dd"
  fi
  : > "$T/$ME.dd"
  tail -c +$((slice_at + 1)) -- "$F_PATH" 2> /dev/null | head -c "$S_BYTES"
}

# The file is as it was, and the slice had all its bytes.
is_unchanged() {
  while read -r dd_bytes dd_unit _; do
    case $dd_unit in byte | bytes) [ "$dd_bytes" = "$S_BYTES" ] || return 1 ;; esac
  done < "$T/$ME.dd"
  [ "$(fingerprint "$F_PATH")" = "$F_PRINT" ]
}

compare_segment() {
  slice | $HASH > "$T/$ME.raw" &
  CHILD=$!
  wait "$CHILD"
  CHILD=
  read -r RAW_HASH _ < "$T/$ME.raw"
  is_unchanged || { changed; return; }
  [ "$RAW_HASH" = "$S_HASH" ] || fail 3 'The file is not the one whose sending was begun: it changed since. Nothing is lost; use --anew to send it as a new file.'
}

# Compresses and hashes a slice in one reading of it.
make_segment() {
  up
  make_began=$UP
  if [ "$F_ENCODING" = gzip ]; then
    slice > "$T/$ME.seg" 2> "$T/$ME.err" &
    CHILD=$!
    wait "$CHILD"
    code=$?
  else
    $HASH < "$T/$ME.fifo" > "$T/$ME.raw" &
    P1=$!
    # shellcheck disable=SC2086
    slice | tee "$T/$ME.fifo" | $PACK -c ${LEVELS:+-$LEVEL} > "$T/$ME.seg" 2> "$T/$ME.err" &
    CHILD=$!
    wait "$CHILD"
    code=$?
    CHILD=
    wait "$P1"
    P1=
  fi
  CHILD=
  is_unchanged || { changed; return; }
  [ "$code" -eq 0 ] || { fail 7 'A segment could not be written to the temporary folder: it is most likely full. Set TMPDIR to one with more space.' all; return; }
  BODY_BYTES=$(($(wc -c < "$T/$ME.seg")))
  $HASH < "$T/$ME.seg" > "$T/$ME.sha"
  read -r BODY_HASH _ < "$T/$ME.sha"
  RAW_HASH=$BODY_HASH
  if [ "$F_ENCODING" = gzip ]; then
    [ "$BODY_BYTES" -eq "$S_BYTES" ] || { fail 7 'A segment could not be written to the temporary folder: it is most likely full. Set TMPDIR to one with more space.' all; return; }
  else
    read -r RAW_HASH _ < "$T/$ME.raw"
  fi
  up
  MADE_IN=$((UP - make_began))
}

send_segment() {
  make_segment || return
  failed=0 expired=0 unseen=0
  while :; do
    [ ! -e "$T/stop" ] || return 1
    presign || return
    if [ "$SEGMENT_STATE" = stored ]; then return 0; fi
    put_segment
    case $VERDICT in
      stored)
        SENT_DONE=$((SENT_DONE + BODY_BYTES))
        adapt_level
        UNTOLD="$UNTOLD${UNTOLD:+,}$S_INDEX" UNTOLD_COUNT=$((UNTOLD_COUNT + 1))
        [ "$UNTOLD_COUNT" -lt 8 ] || tell_portal
        return
        ;;
      look)
        see_segment || return
        [ -z "$SEEN" ] || return 0
        unseen=$((unseen + 1)) failed=$((failed + 1)) RETRY_AFTER=0
        [ "$unseen" -lt 4 ] || { fail 6 'A segment was sent, but the portal does not find it in storage. Run the same command again; if it happens again, tell support.' all; return; }
        pause "$failed"
        ;;
      expired)
        expired=$((expired + 1))
        [ "$expired" -le 5 ] || { fail 6 'Each new address that the portal gave was refused as expired. Tell support.' all; return; }
        ;;
      lost | wait)
        if [ "$VERDICT" = lost ]; then
          # Perhaps only the answer was: what is stored is not sent again.
          put_ended=$CURL
          see_segment || return
          [ -z "$SEEN" ] || return 0
          C_STATUS=000 CURL=$put_ended RETRY_AFTER=0
        fi
        failed=$((failed + 1))
        [ "$failed" -lt "$ATTEMPTS" ] || { fail 6 "The storage does not answer. $(trouble) What is stored stays stored: run the same command again to go on." all; return; }
        pause "$failed"
        ;;
      *) fail 6 "The storage refused a segment ($C_STATUS${S3_CODE:+ $S3_CODE}). $(trouble) Run the same command again; if it happens again, tell support." all; return ;;
    esac
  done
}

# SEEN where the portal finds the segment in storage.
see_segment() {
  api POST "/api/v1/files/$FILE_ID/segments/stored" "{\"indexes\":[$S_INDEX]}" || { refuse $?; return; }
  value "$A_FILE" stored.0
  SEEN=
  [ "$VALUE" = "$S_INDEX" ] || return 0
  SEEN=1 SENT_DONE=$((SENT_DONE + BODY_BYTES))
}

# Asks for an address, now that the body is ready, and writes it with its signed headers where curl reads them.
presign() {
  api POST "/api/v1/files/$FILE_ID/segments" "{\"segments\":[{\"index\":$S_INDEX,\"rawSizeBytes\":$S_BYTES,\"rawSha256\":\"$RAW_HASH\",\"sizeBytes\":$BODY_BYTES,\"sha256\":\"$BODY_HASH\"}]}" || { refuse $?; return; }
  SEGMENT_STATE='' presigned='' wrong=''
  while IFS=$TAB read -r presign_path presign_text; do
    case $presign_text in *\"* | *\\*) wrong=1 ;; esac
    case $presign_path in
      segments.0.url) presigned=$presign_text ;;
      segments.0.state) SEGMENT_STATE=$presign_text ;;
      segments.0.headers.content-length | segments.0.headers.host) ;;
      segments.0.headers.*[!a-z0-9-]*) wrong=1 ;;
      segments.0.headers.*) printf 'header = "%s: %s"\n' "${presign_path#segments.0.headers.}" "$presign_text" ;;
    esac
  done < "$A_FILE" > "$T/$ME.signed"
  [ "$SEGMENT_STATE" != stored ] || return 0
  case $presigned in https://* | http://*) ;; *) wrong=1 ;; esac
  [ -z "$wrong" ] || { fail 6 "$NOT_UNDERSTOOD" all; return; }
  stall=30
  [ "$failed" -eq 0 ] || stall=$((30 << (failed > 3 ? 3 : failed)))
  {
    printf 'url = "%s"\nupload-file = "%s"\noutput = "%s"\ndump-header = "%s"\nwrite-out = "%%{http_code} %%{time_total} %%{http_connect}\\n"\nspeed-limit = 1\nspeed-time = %s\n' "$presigned" "$T/$ME.seg" "$T/$ME.json" "$T/$ME.head" "$stall"
    cat "$T/$ME.signed"
  } > "$T/$ME.call"
}

# VERDICT: stored; look (412, or another PUT under way: the portal has to look); lost (it was connected, and no answer came); expired; wait; or refused.
put_segment() {
  : > "$T/$ME.json"
  run_curl common
  S3_CODE=
  case $C_STATUS in 2?? | 000) ;; *) S3_CODE=$(sed -n 's/.*<Code>\([A-Za-z]*\)<\/Code>.*/\1/p' "$T/$ME.json" | head -n 1) ;; esac
  VERDICT=refused
  case $C_STATUS in
    2??) VERDICT=stored ;;
    412) VERDICT=look ;;
    409) case $S3_CODE in '' | ConditionalRequestConflict) VERDICT=look ;; esac ;;
    403)
      case $S3_CODE in
        '' | ExpiredToken | RequestTimeTooSkewed) VERDICT=expired ;;
        AccessDenied) ! grep -qi expired "$T/$ME.json" || VERDICT=expired ;;
      esac
      ;;
    400) [ "$S3_CODE" != RequestTimeout ] || VERDICT='wait' ;;
    *) ! is_passing || VERDICT='wait' ;;
  esac
  case $C_STATUS$VERDICT in 000wait) case $CURL in 5 | 6 | 7) ;; *) VERDICT=lost ;; esac ;; esac
  [ "$VERDICT" != stored ] || [ "$CURL" -eq 0 ] || VERDICT=look
}

# Lets the portal look at what was sent, so that its pages show it. What it does not find, `complete_file` is told.
tell_portal() {
  [ -n "$UNTOLD" ] || return 0
  api POST "/api/v1/files/$FILE_ID/segments/stored" "{\"indexes\":[$UNTOLD]}" || { refuse $?; return; }
  UNTOLD='' UNTOLD_COUNT=0
}

# Compresses tighter where sending takes longer than compressing, and faster where it does not. What does not shrink is only stored.
adapt_level() {
  if [ -n "$IS_PIGZ" ] && [ $((BODY_BYTES * 100)) -gt $((S_BYTES * 97)) ]; then LEVEL=0; return; fi
  fraction=${C_TIME#*.}00
  fraction=${fraction%"${fraction#??}"}
  put_in=$((${C_TIME%.*} * 100 + 1$fraction - 100))
  if [ "$LEVEL" -eq 0 ]; then LEVEL=1
  elif [ "$put_in" -gt $((MADE_IN * 22 / 10)) ] && [ "$LEVEL" -lt 6 ]; then LEVEL=$((LEVEL + 1))
  elif [ "$put_in" -lt "$MADE_IN" ] && [ "$LEVEL" -gt 1 ]; then LEVEL=$((LEVEL - 1)); fi
}

main "$@" < /dev/null
