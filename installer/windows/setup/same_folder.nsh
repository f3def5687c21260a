; SPDX-License-Identifier: MIT
; Things that setup and uninstaller must both know before they remove anything.

!define ALREADY_EXISTS 183

!macro SameFolderFunction UN
; Takes two folders, pushes 1 when they are one, 0 when not, nothing when that can't be told. One folder has many names (C:\a, C:\x\..\a,
; short names, links), so names aren't compared alone: what is put into the second is seen in the first.
Function ${UN}SameFolder
  Exch $0
  Exch
  Exch $1
  Push $2
  Push $3
  StrCpy $3 ""
  ${If} $0 == $1
    StrCpy $3 1
  ${Else}
    GetTempFileName $2 "$0"
    ${If} ${FileExists} "$2"
      ${GetFileName} "$2" $3
      ${If} ${FileExists} "$1\$3"
        StrCpy $3 1
      ${Else}
        StrCpy $3 0
      ${EndIf}
      Delete "$2"
    ${EndIf}
  ${EndIf}
  StrCpy $0 $3
  Pop $3
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; Pushes 1 when another setup or uninstaller is at work, whoever started it, else 0. It counts as one
; until it ends.
Function ${UN}AnotherIsAtWork
  Push $0
  Push $1
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Global\m365-backup-wizard-setup") p .r0 ?e'
  Pop $1
  ${If} $0 P= 0 ; somebody else's, whom this account may not ask
  ${OrIf} $1 = ${ALREADY_EXISTS}
    StrCpy $0 1
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Pop $1
  Exch $0
FunctionEnd
!macroend
