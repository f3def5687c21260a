; SPDX-License-Identifier: MIT
; What the installer and the uninstaller have in common. Given from outside by -D: PRODUCT,
; WINDOW_PROGRAM, CONSOLE_PROGRAM, VERSION, FOUR_NUMBERS, PUBLISHER, COPYRIGHT, COMMENT, ICON,
; TARGET.
; The 64-bit kind: the 32-bit default can't start where only 64-bit programs run.
Target amd64-unicode
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win8.1 Win10
; Rights are never asked for at the start. Who installs for everyone starts it with them.
RequestExecutionLevel user
; lzma in one block: a fifth smaller than file by file.
SetCompressor /SOLID lzma
SetCompressorDictSize 32
CRCCheck force
; No file is left out on an error: half a program is worse than none.
AllowSkipFiles off

; A dollar sign in a file name.
!define DOLLAR "$$"
!define UNINSTALLER "uninstall.exe"
; The names of all files that were installed, for the version that comes after.
!define FILE_LIST "runtime\installed-files.txt"
!define REGISTRY_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\m365-backup-wizard"
!define SHORTCUT "$SMPROGRAMS\${PRODUCT}.lnk"

; Exit codes, beside NSIS' own: 0 done, 1 cancelled, 2 failed while copying.
!define NEEDS_ADMINISTRATOR 3
!define PROGRAM_RUNS 4
!define FOLDER_UNUSABLE 5
!define NO_SPACE 6
!define WINDOWS_TOO_OLD 7
!define WRONG_COMMAND_LINE 8

Name "${PRODUCT}"
OutFile "${TARGET}"
BrandingText "${PRODUCT} ${VERSION}"

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include tell.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_UNABORTWARNING

!macro VersionResource DESCRIPTION
  VIProductVersion "${FOUR_NUMBERS}"
  VIFileVersion "${FOUR_NUMBERS}"
  VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
  VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=0 "FileDescription" "${DESCRIPTION}"
  VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
  VIAddVersionKey /LANG=0 "LegalCopyright" "${COPYRIGHT}"
!macroend
