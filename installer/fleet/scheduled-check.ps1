# SPDX-License-Identifier: MIT
<#
.SYNOPSIS
Runs the console program of M365 Backup Wizard from a scheduled task or an RMM agent.

.DESCRIPTION
Writes check.json into a folder, says the verdict in one line, and ends with the program's exit
status: 0 ok, 1 warning, 2 problem, 3 something could not be checked or this script failed.

The client secret is taken from the environment variable AZURE_CLIENT_SECRET, where an agent sets
it, or from a file that -StoreSecret makes once. That file is encrypted for this computer, and only
administrators and the system may read it: whoever is one of these can get the secret.

For Windows PowerShell 5.1 and later. Its syntax was checked; it was never run on a real Windows.

.EXAMPLE
.\scheduled-check.ps1 -Folder "$env:ProgramFiles\M365 Backup Check" -StoreSecret
.EXAMPLE
.\scheduled-check.ps1 -Folder "$env:ProgramFiles\M365 Backup Check" -TenantId ID -ClientId ID
#>
[CmdletBinding()]
param(
    # A folder where only administrators can write: who can change what is in it, chooses what the
    # task runs.
    [Parameter(Mandatory = $true)] [string] $Folder,
    [string] $Program = "$env:ProgramFiles\M365 Backup Wizard\m365-backup-wizard.exe",
    [string] $TenantId,
    [string] $ClientId,
    [switch] $StoreSecret
)

$ErrorActionPreference = 'Stop'
# PowerShell would end with 1, which monitoring reads as a warning about the backup.
trap {
    [Console]::Error.WriteLine("Not checked: $_")
    exit 3
}
Add-Type -AssemblyName System.Security
$secretFile = Join-Path $Folder 'client-secret.dat'
$forThisComputer = [Security.Cryptography.DataProtectionScope]::LocalMachine

if ($StoreSecret) {
    $typed = Read-Host 'Client secret' -AsSecureString
    $secret = [Text.Encoding]::UTF8.GetBytes((New-Object Net.NetworkCredential('', $typed)).Password)
    New-Item -ItemType File -Path $secretFile -Force | Out-Null
    # The rights first, then the content. S-1-5-18 is the system, S-1-5-32-544 the administrators.
    icacls.exe $secretFile /inheritance:r /grant:r '*S-1-5-18:F' '*S-1-5-32-544:F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "The rights of $secretFile could not be set." }
    $sealed = [Security.Cryptography.ProtectedData]::Protect($secret, $null, $forThisComputer)
    [IO.File]::WriteAllBytes($secretFile, $sealed)
    exit 0
}

if (-not (Test-Path -LiteralPath $Program)) { throw "$Program is not there." }
if (-not $env:AZURE_CLIENT_SECRET -and (Test-Path -LiteralPath $secretFile)) {
    $sealed = [IO.File]::ReadAllBytes($secretFile)
    $secret = [Security.Cryptography.ProtectedData]::Unprotect($sealed, $null, $forThisComputer)
    $env:AZURE_CLIENT_SECRET = [Text.Encoding]::UTF8.GetString($secret)
}
if ($TenantId) { $env:AZURE_TENANT_ID = $TenantId }
if ($ClientId) { $env:AZURE_CLIENT_ID = $ClientId }

# Some agents make an error of each line on stderr, and progress goes there.
$ErrorActionPreference = 'Continue'
$json = & $Program check --format json
$status = $LASTEXITCODE
$ErrorActionPreference = 'Stop'
if (-not $json) { throw "The program gave no diagnosis (exit status $status)." }

# In a pipe on Windows the program writes ASCII, with everything else escaped.
Set-Content -LiteralPath (Join-Path $Folder 'check.json') -Value $json -Encoding Ascii
$verdict = ($json -join "`n" | ConvertFrom-Json).verdict
"$($verdict.status): $($verdict.summary)"
exit $status
