# Sends files to a case of the portal, without a browser. For Windows PowerShell 5.1 and PowerShell 7.
# Only the files that are named are read; nothing else leaves this machine. Get-Help, or -Help, says more.
# How far it was tested: its text is checked by program (PowerShell by its grammar, ASCII, nothing that 5.1 lacks, the addresses of
# the HTTP contract), and it was reviewed line by line. It was not run on Windows before it was published. The portal checks every
# byte that it receives, so a fault here can stop a file from being sent but cannot alter one unnoticed.
<#
.SYNOPSIS
Sends files to one case, in compressed segments that are safe to repeat.
.DESCRIPTION
  $env:AIRLOCK_KEY = Read-Host 'Upload key'
  Invoke-WebRequest -UseBasicParsing PORTAL/send.ps1 -OutFile send.ps1
  powershell -ExecutionPolicy Bypass -File send.ps1 D:\dumps\java_pid4711.hprof
The key is read from the variable AIRLOCK_KEY or asked for; it is never an argument. A second run sends only what is missing.
One compressed segment at a time is held in memory: about 200 MB. No temporary file is written. The proxy of the system is used.
Exit status: 0 sent, 1 unforeseen, 2 wrong use, 3 a file cannot be read or changed, 4 key not accepted, 5 the portal refused,
6 network, portal or storage gave up.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
  [Parameter(Position = 0, ValueFromRemainingArguments = $true)][string[]]$Files = @(),
  [string]$Kind = '',
  [string]$Case = '',
  [string]$Portal = '{{AIRLOCK_URL}}',
  [int]$Attempts = 20,
  [int]$SegmentMiB = 0,
  [switch]$Anew,
  [switch]$DryRun,
  [switch]$Help
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# A failure that ends the work on a file, or on all of them.
function New-Stop([int]$Code, [string]$Text, [bool]$All) {
  $stop = New-Object System.Exception($Text)
  $stop.Data['airlock'] = $true
  $stop.Data['code'] = $Code
  $stop.Data['all'] = $All
  return $stop
}

function Write-Note([string]$Text) { [Console]::Error.WriteLine($Text) }

function Get-Sha256([System.IO.Stream]$Stream) {
  $sha = [System.Security.Cryptography.SHA256]::Create()
  try { return ([BitConverter]::ToString($sha.ComputeHash($Stream)) -replace '-', '').ToLowerInvariant() } finally { $sha.Dispose() }
}

function Get-TextSha256([string]$Text) {
  $stream = New-Object System.IO.MemoryStream(, [System.Text.Encoding]::UTF8.GetBytes($Text))
  try { return Get-Sha256 $stream } finally { $stream.Dispose() }
}

# A string as JSON of ASCII. Fails where it is not valid UTF-16.
function ConvertTo-JsonString([string]$Text) {
  $strict = New-Object System.Text.UTF8Encoding($false, $true)
  try { [void]$strict.GetBytes($Text) } catch { throw (New-Stop 3 'The name of this file is not valid Unicode, which the portal needs.' $false) }
  $out = New-Object System.Text.StringBuilder
  [void]$out.Append('"')
  foreach ($c in $Text.ToCharArray()) {
    $n = [int]$c
    if ($n -ge 32 -and $n -lt 127 -and $n -ne 34 -and $n -ne 92) { [void]$out.Append($c) } else { [void]$out.Append(('\u{0:x4}' -f $n)) }
  }
  [void]$out.Append('"')
  return $out.ToString()
}

# Full jitter: evenly spread over 0 to 1, 2, 4 ... 60 seconds, and at least what the server asked for.
function Wait-Backoff([int]$Failed, [int]$RetryAfter) {
  $most = [Math]::Min(60, [Math]::Pow(2, [Math]::Min(10, $Failed - 1)))
  $seconds = [Math]::Max($script:Random.NextDouble() * $most, [Math]::Min(300, $RetryAfter))
  if ($Failed -ge 3) { Write-Note ('No good answer. Trying again in {0:0} s ({1} of {2} attempts failed).' -f $seconds, $Failed, $Attempts) }
  Start-Sleep -Milliseconds ([int]($seconds * 1000))
}

function Test-Passing([int]$Status) { return ($Status -eq 0 -or $Status -eq 408 -or $Status -eq 429 -or $Status -ge 500) }

# One request. Status 0 stands for no answer at all. The client's own time limit covers a stalled request.
function Send-Once([System.Net.Http.HttpRequestMessage]$Request) {
  $answer = $null
  try {
    $answer = $script:Client.SendAsync($Request).GetAwaiter().GetResult()
    $wait = 0
    if ($answer.Headers.RetryAfter -and $answer.Headers.RetryAfter.Delta) { $wait = [int]$answer.Headers.RetryAfter.Delta.TotalSeconds }
    $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
    return @{ Status = [int]$answer.StatusCode; Text = $text; RetryAfter = $wait }
  } catch {
    if ($_.Exception.Data['airlock']) { throw }
    return @{ Status = 0; Text = ''; RetryAfter = 0 }
  } finally {
    if ($answer) { $answer.Dispose() }
    $Request.Dispose()
  }
}

# A call of the HTTP contract, repeated on 408, 429, 5xx and where no answer comes.
function Invoke-Api([string]$Method, [string]$Path, [string]$Body) {
  for ($failed = 1; ; $failed++) {
    $request = New-Object System.Net.Http.HttpRequestMessage((New-Object System.Net.Http.HttpMethod($Method)), ($Portal + $Path))
    [void]$request.Headers.TryAddWithoutValidation('Authorization', 'Bearer ' + $script:Key)
    [void]$request.Headers.TryAddWithoutValidation('Accept', 'application/json')
    if ($Body) { $request.Content = New-Object System.Net.Http.StringContent($Body, [System.Text.Encoding]::UTF8, 'application/json') }
    $answer = Send-Once $request
    $json = $null
    if ($answer.Text) { try { $json = $answer.Text | ConvertFrom-Json } catch { $json = $null } }
    if ($answer.Status -ge 200 -and $answer.Status -le 299) { return @{ Ok = $true; Status = $answer.Status; Json = $json } }
    if (-not (Test-Passing $answer.Status)) { return @{ Ok = $false; Status = $answer.Status; Json = $json } }
    if ($failed -ge $Attempts) { throw (New-Stop 6 'The portal does not answer. What is stored stays stored: run the same command again to go on.' $true) }
    Wait-Backoff $failed $answer.RetryAfter
  }
}

function Get-Field($Json, [string]$Name) {
  if ($null -ne $Json -and $Json.PSObject.Properties[$Name]) { return $Json.PSObject.Properties[$Name].Value }
  return $null
}

# What a refusal means to a person.
function New-Refusal($Answer) {
  $code = [string](Get-Field $Answer.Json 'code')
  $text = '{0}. {1}' -f (Get-Field $Answer.Json 'title'), (Get-Field $Answer.Json 'detail')
  if (-not $code) { $text = 'The portal answered {0}.' -f $Answer.Status }
  $errors = Get-Field $Answer.Json 'errors'
  if ($errors) { $text = $text + ' ' + @($errors)[0].message }
  $reference = Get-Field $Answer.Json 'reference'
  if ($reference) { $text = '{0} (for support: {1})' -f $text, $reference }
  $text = $text -replace '[\x00-\x1f\x7f]', ' '
  if ($code -eq 'upload_key_invalid' -or $code -eq 'unauthenticated') { return (New-Stop 4 $text $true) }
  if ($code -eq 'segment_conflict') { return (New-Stop 3 $text $false) }
  $ofFile = @('validation_failed', 'segment_out_of_range', 'file_wrong_state', 'conflict', 'not_found', 'segments_missing') -contains $code
  return (New-Stop 5 $text (-not $ofFile))
}

function Invoke-Contract([string]$Method, [string]$Path, [string]$Body) {
  $answer = Invoke-Api $Method $Path $Body
  if (-not $answer.Ok) { throw (New-Refusal $answer) }
  return $answer.Json
}

function Get-Kind([string]$Name, [byte[]]$Head) {
  if ($Kind) { return $Kind }
  $start = [System.Text.Encoding]::ASCII.GetString($Head)
  if ($start.StartsWith('JAVA PROFILE 1.0.')) { return 'heap_dump' }
  if ($start.StartsWith('PGDMP')) { return 'database_backup' }
  $bare = $Name.ToLowerInvariant() -replace '\.gz$', '' -replace '\.tar$', '' -replace '\.zip$', ''
  if ($bare -match '\.(hprof|phd)$|^java_pid\d|heap[-_. ]?dump') { return 'heap_dump' }
  if ($bare -match '\.(dump|backup|bak|dmp|sql|db|sqlite3?)$|pg_?dump|mysqldump') { return 'database_backup' }
  if ($bare -match '^(syslog|messages|dmesg|kern|journal|sar\d|vmstat|iostat)|journalctl|sosreport|\.(evtx|journal)$') { return 'os_log' }
  if ($bare -match '\.(log|out|err|txt|trace)$|\.log[-_.]|^catalina|thread.*dump|^hs_err_pid') { return 'component_log' }
  return 'other'
}

# What must not change while the file is read.
function Get-Print([string]$Path) {
  $info = New-Object System.IO.FileInfo($Path)
  return '{0} {1}' -f $info.Length, $info.LastWriteTimeUtc.Ticks
}

function Get-File([string]$Named) {
  try {
    $path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Named)
    if ([System.IO.Directory]::Exists($path)) { throw (New-Stop 3 'This is a folder. Name the files in it.' $false) }
    $stream = [System.IO.File]::Open($path, 'Open', 'Read', 'ReadWrite')
  } catch {
    if ($_.Exception.Data['airlock']) { throw }
    throw (New-Stop 3 'The file is not there, or cannot be read by this account.' $false)
  }
  $head = New-Object byte[] 18
  try { $read = $stream.Read($head, 0, 18) } finally { $stream.Dispose() }
  $name = [System.IO.Path]::GetFileName($path)
  $size = (New-Object System.IO.FileInfo($path)).Length
  $encoding = 'raw'
  if ($read -ge 2 -and $head[0] -eq 0x1f -and $head[1] -eq 0x8b) { $encoding = 'gzip' }
  $mib = 16
  if ($size -ge 1073741824) { $mib = 32 }
  if ($size -le 268435456) { $mib = 8 }
  if ($SegmentMiB) { $mib = $SegmentMiB }
  return @{ Path = $path; Name = $name; Size = $size; Encoding = $encoding; Kind = (Get-Kind $name $head); Print = (Get-Print $path); SegmentBytes = $mib * 1048576; Id = '' }
}

function Get-SegmentCount($File) { return [int64][Math]::Max(1, [Math]::Ceiling($File.Size / [double]$File.SegmentBytes)) }

function Get-SegmentLength($File, [int64]$Index) { return [int][Math]::Min($File.SegmentBytes, $File.Size - ($Index - 1) * $File.SegmentBytes) }

# The raw bytes of a segment, all of them, from a file that is as it was.
function Read-Slice($File, [int64]$Index) {
  $length = Get-SegmentLength $File $Index
  $bytes = New-Object byte[] $length
  $stream = [System.IO.File]::Open($File.Path, 'Open', 'Read', 'ReadWrite')
  try {
    [void]$stream.Seek(($Index - 1) * $File.SegmentBytes, 'Begin')
    $at = 0
    while ($at -lt $length) {
      $read = $stream.Read($bytes, $at, $length - $at)
      if ($read -le 0) { break }
      $at += $read
    }
  } finally { $stream.Dispose() }
  if ($at -ne $length -or (Get-Print $File.Path) -ne $File.Print) { throw (New-Stop 3 'The file changed while it was sent, or is still being written. Send a copy of it, or send it again once it is complete.' $false) }
  return , $bytes
}

function New-Segment($File, [int64]$Index) {
  $raw = Read-Slice $File $Index
  $rawStream = New-Object System.IO.MemoryStream(, $raw)
  $rawHash = Get-Sha256 $rawStream
  $body = New-Object System.IO.MemoryStream
  if ($File.Encoding -eq 'gzip') {
    $body.Write($raw, 0, $raw.Length)
  } elseif ($raw.Length -eq 0) {
    # .NET writes nothing at all for nothing; this is the gzip member of no bytes.
    $empty = [byte[]](0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    $body.Write($empty, 0, $empty.Length)
  } else {
    $gzip = New-Object System.IO.Compression.GZipStream($body, [System.IO.Compression.CompressionLevel]::Fastest, $true)
    try { $gzip.Write($raw, 0, $raw.Length) } finally { $gzip.Dispose() }
  }
  $body.Position = 0
  $hash = Get-Sha256 $body
  return @{ Index = $Index; RawSize = $raw.Length; RawHash = $rawHash; Body = $body; Size = $body.Length; Hash = $hash }
}

# A fresh address for one attempt, or nothing where the segment is stored already.
function Get-Address($File, $Segment) {
  $body = '{{"segments":[{{"index":{0},"rawSizeBytes":{1},"rawSha256":"{2}","sizeBytes":{3},"sha256":"{4}"}}]}}' -f $Segment.Index, $Segment.RawSize, $Segment.RawHash, $Segment.Size, $Segment.Hash
  $answer = Invoke-Contract 'POST' ('/api/v1/files/' + $File.Id + '/segments') $body
  $own = @($answer.segments)[0]
  if ((Get-Field $own 'state') -eq 'stored') { return $null }
  return $own
}

function Send-Body($Address, $Segment) {
  $request = New-Object System.Net.Http.HttpRequestMessage([System.Net.Http.HttpMethod]::Put, [string]$Address.url)
  # A copy: disposing of the request disposes of its content.
  $request.Content = New-Object System.Net.Http.ByteArrayContent(, $Segment.Body.ToArray())
  foreach ($header in $Address.headers.PSObject.Properties) {
    if ($header.Name -eq 'content-length' -or $header.Name -eq 'host') { continue }
    if (-not $request.Headers.TryAddWithoutValidation($header.Name, [string]$header.Value)) { [void]$request.Content.Headers.TryAddWithoutValidation($header.Name, [string]$header.Value) }
  }
  return Send-Once $request
}

# stored; look (412, or another PUT under way: the portal has to look); expired; wait; or refused.
function Get-Verdict($Answer) {
  $status = $Answer.Status
  $code = ''
  if ($Answer.Text -match '<Code>([A-Za-z]+)</Code>') { $code = $Matches[1] }
  if ($status -ge 200 -and $status -le 299) { return 'stored' }
  if ($status -eq 412 -or ($status -eq 409 -and ($code -eq '' -or $code -eq 'ConditionalRequestConflict'))) { return 'look' }
  if ($status -eq 403) {
    if ($code -eq '' -or $code -eq 'ExpiredToken' -or $code -eq 'RequestTimeTooSkewed' -or ($code -eq 'AccessDenied' -and $Answer.Text -match 'expired')) { return 'expired' }
    return 'refused'
  }
  if ((Test-Passing $status) -or ($status -eq 400 -and $code -eq 'RequestTimeout')) { return 'wait' }
  return 'refused'
}

function Get-StoredOf($File, $Indexes) {
  $found = @()
  $all = @($Indexes)
  for ($at = 0; $at -lt $all.Count; $at += 100) {
    $batch = $all[$at..([Math]::Min($at + 99, $all.Count - 1))]
    $answer = Invoke-Contract 'POST' ('/api/v1/files/' + $File.Id + '/segments/stored') ('{"indexes":[' + ($batch -join ',') + ']}')
    $found += @($answer.stored)
  }
  return , @($found)
}

function Send-Segment($File, [int64]$Index) {
  $segment = New-Segment $File $Index
  try {
    $failed = 0
    $expired = 0
    $unseen = 0
    while ($true) {
      $address = Get-Address $File $segment
      if ($null -eq $address) { return }
      $answer = Send-Body $address $segment
      switch (Get-Verdict $answer) {
        'stored' { return }
        'look' {
          if ((Get-StoredOf $File @($Index)) -contains $Index) { return }
          $unseen++
          $failed++
          if ($unseen -ge 4) { throw (New-Stop 6 'A segment was sent, but the portal does not find it in storage. Run the same command again; if it happens again, tell support.' $true) }
          Wait-Backoff $failed 0
        }
        'expired' {
          $expired++
          if ($expired -gt 5) { throw (New-Stop 6 'Each new address that the portal gave was refused as expired. Tell support.' $true) }
        }
        'wait' {
          # Perhaps only the answer was lost: what is stored is not sent again.
          if ($answer.Status -eq 0 -and (Get-StoredOf $File @($Index)) -contains $Index) { return }
          $failed++
          if ($failed -ge $Attempts) { throw (New-Stop 6 'The storage does not answer. What is stored stays stored: run the same command again to go on.' $true) }
          Wait-Backoff $failed $answer.RetryAfter
        }
        default { throw (New-Stop 6 ('The storage refused a segment ({0}). Run the same command again; if it happens again, tell support.' -f $answer.Status) $true) }
      }
    }
  } finally { $segment.Body.Dispose() }
}

function Get-Status($File) {
  $status = Invoke-Contract 'GET' ('/api/v1/files/' + $File.Id) ''
  $File.SegmentBytes = [int64]$status.segmentBytes
  return $status
}

# The id that makes a repeated reservation answer with the first one: a UUID made from what the file is.
function Get-ClientId($File, [int]$Generation) {
  $hash = Get-TextSha256 (@($script:KeyTag, $script:Reference, $File.Path, $File.Print, [string]$Generation) -join "`n")
  return '{0}-{1}-8{2}-8{3}-{4}' -f $hash.Substring(0, 8), $hash.Substring(8, 4), $hash.Substring(13, 3), $hash.Substring(17, 3), $hash.Substring(20, 12)
}

# Finds what a run before this one left unfinished, or reserves the file. Nothing where it was sent before.
function Open-File($File) {
  foreach ($known in $script:Unfinished) {
    if ($known.name -cne $File.Name -or $known.sizeBytes -ne $File.Size -or $known.encoding -ne $File.Encoding) { continue }
    $File.Id = [string]$known.fileId
    $status = Get-Status $File
    if (@('reserved', 'uploading') -notcontains $status.state) { continue }
    if (-not $Anew) { return $status }
    $given = Invoke-Api 'DELETE' ('/api/v1/files/' + $File.Id) ''
    # What a person began in a browser is not the key's to give up: it stays, and this is sent beside it.
    if (-not $given.Ok -and @(404, 409) -notcontains $given.Status) { throw (New-Refusal $given) }
  }
  for ($generation = 0; $generation -lt 20; $generation++) {
    $body = '{{"name":{0},"kind":"{1}","sizeBytes":{2},"encoding":"{3}","segmentBytes":{4},"clientFileId":"{5}"}}' -f (ConvertTo-JsonString $File.Name), $File.Kind, $File.Size, $File.Encoding, $File.SegmentBytes, (Get-ClientId $File $generation)
    $answer = Invoke-Api 'POST' ('/api/v1/cases/' + $script:Reference + '/files') $body
    if (-not $answer.Ok) {
      if ((Get-Field $answer.Json 'code') -eq 'conflict') { continue }
      throw (New-Refusal $answer)
    }
    $File.Id = [string]$answer.Json.fileId
    $status = Get-Status $File
    if (@('reserved', 'uploading') -contains $status.state) {
      if ($Anew -and @($status.segments).Count -gt 0) { continue }
      return $status
    }
    if ($Anew) { continue }
    if (@('stored', 'verified', 'analysed') -contains $status.state) {
      Write-Output ('{0}: was sent before, and is {1} (file {2})' -f $File.Name, $status.state, $File.Id)
      return $null
    }
    if ($status.state -eq 'abandoned') { Write-Output ('{0}: what was begun before was given up (cancelled, or without a sign of life for 24 hours), so all of it is sent.' -f $File.Name) }
    if ($status.state -eq 'quarantined') { throw (New-Stop 5 'The portal received this file before and holds it back, because its check failed. Its page says why. To send it all the same, use -Anew.' $false) }
  }
  throw (New-Stop 5 'The portal refuses every new reservation of this file. Tell support.' $false)
}

# Compares what is stored with the file, then sends the rest, in order.
function Send-Rest($File, $Status) {
  $count = Get-SegmentCount $File
  $stored = @{}
  $announced = @()
  foreach ($segment in @($Status.segments)) {
    if ($segment.state -eq 'stored') { $stored[[int64]$segment.index] = $segment.rawSha256 } else { $announced += $segment }
  }
  $found = Get-StoredOf $File @($announced | ForEach-Object { $_.index })
  foreach ($segment in $announced) { if ($found -contains $segment.index) { $stored[[int64]$segment.index] = $segment.rawSha256 } }
  foreach ($index in @($stored.Keys)) {
    $stream = New-Object System.IO.MemoryStream(, (Read-Slice $File $index))
    if ((Get-Sha256 $stream) -ne $stored[$index]) { throw (New-Stop 3 'The file is not the one whose sending was begun: it changed since. Nothing is lost; use -Anew to send it as a new file.' $false) }
  }
  for ($index = [int64]1; $index -le $count; $index++) {
    if ($stored.ContainsKey($index)) { continue }
    Send-Segment $File $index
    if ($index % 8 -eq 0) { [void](Get-StoredOf $File @(($index - 7)..$index)) }
    Write-Note ('{0}: segment {1} of {2}' -f $File.Name, $index, $count)
  }
}

function Complete-File($File) {
  $count = Get-SegmentCount $File
  for ($round = 1; $round -le 5; $round++) {
    if ((Get-Print $File.Path) -ne $File.Print) { throw (New-Stop 3 'The file changed while it was sent, or is still being written. Send a copy of it, or send it again once it is complete.' $false) }
    $answer = Invoke-Api 'POST' ('/api/v1/files/' + $File.Id + '/complete') ('{"segmentCount":' + $count + '}')
    if ($answer.Ok) { return }
    if ((Get-Field $answer.Json 'code') -ne 'segments_missing') { throw (New-Refusal $answer) }
    $missing = @($answer.Json.missing)
    $found = Get-StoredOf $File $missing
    foreach ($index in $missing) { if ($found -notcontains $index) { Send-Segment $File ([int64]$index) } }
  }
  throw (New-Stop 6 'Segments were sent, but the portal does not find them in storage. Run the same command again; if it happens again, tell support.' $true)
}

function Send-File([string]$Named) {
  $file = Get-File $Named
  if ($DryRun) {
    Write-Output ('{0}: {1} bytes, {2}, encoding {3}, segments: {4}' -f $file.Name, $file.Size, $file.Kind, $file.Encoding, (Get-SegmentCount $file))
    return
  }
  $opened = @(Open-File $file)
  $status = $opened[$opened.Count - 1]
  if ($null -eq $status -or $status -is [string]) { foreach ($line in $opened) { if ($line) { Write-Output $line } }; return }
  Send-Rest $file $status
  Complete-File $file
  Write-Output ('{0}: sent, {1} bytes (file {2})' -f $file.Name, $file.Size, $file.Id)
}

function Read-Key {
  $key = [string]$env:AIRLOCK_KEY
  Remove-Item Env:AIRLOCK_KEY -ErrorAction SilentlyContinue
  if (-not $key -and -not $DryRun) {
    $secure = Read-Host 'Upload key' -AsSecureString
    $key = (New-Object System.Net.NetworkCredential('', $secure)).Password
  }
  $key = $key.Trim()
  if ($key -and $key -notmatch '^[A-Za-z0-9._~+/=-]{16,200}$') { throw (New-Stop 4 'This is not an upload key.' $true) }
  return $key
}

function Open-Case {
  $script:Unfinished = @()
  $script:Reference = $Case
  if (-not $script:Key) { return }
  $answer = Invoke-Contract 'GET' '/api/v1/upload-key' ''
  if ($Case -and $answer.caseReference -ne $Case) { throw (New-Stop 5 ('The key is for the case {0}, not for the one that -Case names.' -f $answer.caseReference) $true) }
  $script:Reference = [string]$answer.caseReference
  $script:Unfinished = @($answer.files)
  Write-Note ('Case {0} at {1}' -f $script:Reference, $Portal)
}

function Start-Client {
  $script:Portal = $Portal.TrimEnd('/')
  if ($Portal -notmatch '^(https://|http://(localhost|127\.0\.0\.1|\[::1\])([:/]|$))') { throw (New-Stop 2 'Give the address of the portal by -Portal https://...' $true) }
  Add-Type -AssemblyName System.Net.Http
  # Windows PowerShell 5.1 on older systems does not offer TLS 1.2 by itself.
  [System.Net.ServicePointManager]::SecurityProtocol = [System.Net.ServicePointManager]::SecurityProtocol -bor [System.Net.SecurityProtocolType]::Tls12
  $handler = New-Object System.Net.Http.HttpClientHandler
  $handler.AllowAutoRedirect = $false
  $handler.UseCookies = $false
  if ($env:HTTPS_PROXY) { $handler.Proxy = New-Object System.Net.WebProxy($env:HTTPS_PROXY, $true) }
  $script:Client = New-Object System.Net.Http.HttpClient($handler)
  $script:Client.Timeout = [TimeSpan]::FromMinutes(14)
  $script:Random = New-Object System.Random
}

function Main {
  if ($Help) {
    Write-Output 'send.ps1 [-Kind KIND] [-Case REF] [-Anew] [-DryRun] [-Attempts N] [-SegmentMiB N] [-Portal URL] FILE...'
    Write-Output 'The upload key is read from the variable AIRLOCK_KEY, or asked for. The comment at the top of the script says more.'
    return 0
  }
  if (@($Files).Count -eq 0) { throw (New-Stop 2 'Name the files to send. -Help says more.' $true) }
  if ($Kind -and @('heap_dump', 'component_log', 'os_log', 'database_backup', 'other') -notcontains $Kind) { throw (New-Stop 2 '-Kind takes heap_dump, component_log, os_log, database_backup or other.' $true) }
  if ($SegmentMiB -and ($SegmentMiB -lt 4 -or $SegmentMiB -gt 64)) { throw (New-Stop 2 '-SegmentMiB takes a number from 4 to 64.' $true) }
  Start-Client
  $script:Key = Read-Key
  $script:KeyTag = Get-TextSha256 ('key ' + $script:Key)
  Open-Case
  $result = 0
  foreach ($named in $Files) {
    try {
      Send-File $named | ForEach-Object { [Console]::Out.WriteLine($_) }
    } catch {
      $known = $_.Exception.Data['airlock']
      if (-not $known) { throw }
      Write-Note ('send: {0}: {1}' -f [System.IO.Path]::GetFileName($named), $_.Exception.Message)
      if ($result -eq 0) { $result = [int]$_.Exception.Data['code'] }
      if ($_.Exception.Data['all']) { break }
    }
  }
  return $result
}

$code = 1
try {
  $said = @(Main)
  $code = [int]$said[$said.Count - 1]
  for ($i = 0; $i -lt $said.Count - 1; $i++) { Write-Output $said[$i] }
} catch {
  if ($_.Exception.Data['airlock']) { $code = [int]$_.Exception.Data['code'] }
  Write-Note ('send: {0}' -f $_.Exception.Message)
}
exit $code
