; SPDX-License-Identifier: MIT
; Whether the program can go into $INSTDIR. Nothing is changed before all of this was asked.

; Sets $Trouble and $TroubleCode.
Function LookForTrouble
  StrCpy $Trouble ""
  StrCpy $TroubleCode ${FOLDER_UNUSABLE}
  StrCpy $0 $INSTDIR 2 1
  StrCpy $1 $INSTDIR 2
  ${If} $0 != ":\"
  ${AndIf} $1 != "\\"
    StrCpy $Trouble "$(FolderIncomplete)"
    Return
  ${EndIf}
  ; Python's libraries are looked for in a list of folders that semicolons part.
  StrCpy $0 "$INSTDIR"
  StrCpy $1 ";"
  System::Call 'shlwapi::StrStrW(w r0, w r1) p .r0'
  ${If} $0 P<> 0
    StrCpy $Trouble "$(FolderHasSemicolon)"
    Return
  ${EndIf}
  Call HoldsOtherFiles
  Pop $0
  ${If} $0 = 1
    StrCpy $Trouble "$(FolderHoldsOthers)"
    Return
  ${EndIf}
  Call LookForLinks
  ${If} $Trouble == ""
    Push $INSTDIR
    Call LookForRunningProgram
  ${EndIf}
  ${If} $Trouble == ""
    Push $FormerFolder
    Call LookForRunningProgram
  ${EndIf}
  ${If} $Trouble == ""
    Push $INSTDIR
    Call LookAtListedFiles
  ${EndIf}
  ${If} $Trouble == ""
    Push $FormerFolder
    Call LookAtListedFiles
  ${EndIf}
  ${If} $Trouble == ""
    Call LookForSpace
  ${EndIf}
FunctionEnd

; Among the folders that this version needs.
Function LookForLinks
  StrCpy $Link ""
  !include "${LISTS}/look_for_links.nsh"
  ${If} $Link != ""
    StrCpy $Trouble "$(LinkInside)"
  ${EndIf}
FunctionEnd

; In the folder on the stack; there may be none.
Function LookForRunningProgram
  Exch $0
  ${If} $0 != ""
    Push $0
    Call AskWhyAProgramStays
    ${If} $WhyItStays == "held"
      StrCpy $Trouble "$(ProgramRuns)"
      StrCpy $TroubleCode ${PROGRAM_RUNS}
    ${ElseIf} $WhyItStays == "closed"
      StrCpy $Trouble "$(OldFileClosed)"
    ${EndIf}
  ${EndIf}
  Pop $0
FunctionEnd

Function LookForSpace
  Call AskFreeSpace
  ${If} $FreeMB == ""
    StrCpy $Trouble "$(FolderReadOnly)"
  ${ElseIf} $FreeMB < ${NEEDED_MB}
    StrCpy $Trouble "$(NoSpace)"
    StrCpy $TroubleCode ${NO_SPACE}
  ${EndIf}
FunctionEnd

; Pushes 1 when the folder holds something and isn't known as this program's own, else 0.
Function HoldsOtherFiles
  ${If} $INSTDIR == $DefaultFolder
  ${OrIf} ${FileExists} "$INSTDIR\${FILE_LIST}"
    Push 0
    Return
  ${EndIf}
  StrCpy $2 0
  FindFirst $0 $1 "$INSTDIR\*"
  ${DoUntil} $1 == ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      StrCpy $2 1
      ${ExitDo}
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
  Push $2
FunctionEnd

; Sets $FreeMB by the nearest folder that exists; empty when there is none.
Function AskFreeSpace
  StrCpy $FreeMB ""
  StrCpy $0 $INSTDIR
  ${DoUntil} ${FileExists} "$0\*.*"
    ${GetParent} $0 $0
    ${If} $0 == ""
      Return
    ${EndIf}
  ${Loop}
  StrCpy $0 "$0\"
  System::Call 'kernel32::GetDiskFreeSpaceExW(w r0, *l .r1, p 0, p 0) i .r2'
  ${If} $2 <> 0
    System::Int64Op $1 / 1048576
    Pop $FreeMB
  ${EndIf}
FunctionEnd

; Makes the folder and tries to write into it.
Function PrepareFolder
  ClearErrors
  CreateDirectory "$INSTDIR\runtime"
  FileOpen $0 "$INSTDIR\runtime\write-test.tmp" w
  ${If} ${Errors}
    StrCpy $Trouble "$(FolderReadOnly)"
    StrCpy $TroubleCode ${FOLDER_UNUSABLE}
    Return
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\runtime\write-test.tmp"
FunctionEnd
