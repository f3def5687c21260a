; SPDX-License-Identifier: MIT
; Takes away what an older version installed, by the list it left: those files, then the folders
; that are empty by then. Files that somebody else put there stay.

; $R0: the folder whose list $R2 is open. Reads on to the next name that is believed and puts its path
; into $R1; nothing at the end. A folder ends in \.
Function NextListed
  Push $0
  Push $1
  StrCpy $R1 ""
  ${Do}
    ClearErrors
    FileReadUTF16LE $R2 $0
    StrCpy $1 $0 1 -1
    ${If} ${Errors}
    ${OrIf} $1 != "$\n" ; cut short, too long, or with a NUL inside: the rest means anything
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} "$0" $0
    Push $0
    Call StaysInside
    Pop $1
    ${If} $1 = 1
      StrCpy $R1 "$R0\$0"
      ${ExitDo}
    ${EndIf}
  ${Loop}
  Pop $1
  Pop $0
FunctionEnd

; Sets $Trouble when something that the folder on the stack lists can't be removed: asked of all,
; before any of it goes, because half a program is worse than none.
Function LookAtListedFiles
  Pop $R0
  ${If} $R0 == ""
    Return
  ${EndIf}
  StrCpy $R1 "$R0\${UNINSTALLER}"
  Call LookAtOne
  ClearErrors
  FileOpen $R2 "$R0\${FILE_LIST}" r
  ${If} ${Errors}
    Return
  ${EndIf}
  ${DoUntil} $Trouble != ""
    Call NextListed
    ${If} $R1 == ""
      ${ExitDo}
    ${EndIf}
    Call LookForLinksAbove
    Call LookAtOne
  ${Loop}
  FileClose $R2
FunctionEnd

; $R1: a file, or a folder, which counts only when it is empty by then.
Function LookAtOne
  StrCpy $0 $R1 1 -1
  ${If} $Trouble != ""
  ${OrIf} $0 == "\"
    Return
  ${EndIf}
  Call AskWhyItStays
  ${If} $WhyItStays == "held"
    StrCpy $Trouble "$(OldFileInUse)"
    StrCpy $TroubleCode ${PROGRAM_RUNS}
  ${ElseIf} $WhyItStays == "closed"
    StrCpy $Trouble "$(OldFileClosed)"
  ${EndIf}
FunctionEnd

; The folders between $R0 and the file or folder $R1.
Function LookForLinksAbove
  Push $R1
  ${Do}
    ${GetParent} "$R1" $R1
    ${If} $R1 == $R0
    ${OrIf} $R1 == ""
      ${ExitDo}
    ${EndIf}
    Call NoteLink
  ${Loop}
  Pop $R1
  ${If} $Link != ""
    StrCpy $Trouble "$(LinkInside)"
  ${EndIf}
FunctionEnd

Function RemoveListedFiles
  Pop $R0
  ClearErrors
  FileOpen $R2 "$R0\${FILE_LIST}" r
  ${If} ${Errors}
    Return
  ${EndIf}
  ${Do}
    Call NextListed
    ${If} $R1 == ""
      ${ExitDo}
    ${EndIf}
    Call RemoveOne
  ${Loop}
  FileClose $R2
FunctionEnd

; $R1: a folder when it ends in \, else a file.
Function RemoveOne
  StrCpy $0 $R1 1 -1
  ${If} $0 == "\"
    RMDir "$R1"
    Return
  ${EndIf}
  Delete "$R1"
  ${If} ${FileExists} "$R1" ; taken by somebody after it was asked for
    FileClose $R2
    !insertmacro Stop "" "$(OldFileStayed)" ${PROGRAM_RUNS}
  ${EndIf}
FunctionEnd

; An installation in another folder was replaced: its files go, its uninstaller too.
Function LeaveFormerFolder
  ${If} $FormerFolder == ""
    Return
  ${EndIf}
  Push $FormerFolder
  Push $INSTDIR
  Call SameFolder
  Pop $0
  ${If} $0 != "0"
    Return
  ${EndIf}
  Push $FormerFolder
  Call RemoveListedFiles
  ${If} ${FileExists} "$FormerFolder\${FILE_LIST}"
    Delete "$FormerFolder\${FILE_LIST}"
    Delete "$FormerFolder\${UNINSTALLER}"
    RMDir "$FormerFolder\runtime"
    RMDir "$FormerFolder"
  ${EndIf}
FunctionEnd
