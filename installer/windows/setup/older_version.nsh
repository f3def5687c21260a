; SPDX-License-Identifier: MIT
; Takes away what an older version installed, by the list it left: those files, then the folders
; that are empty by then. Files that somebody else put there stay.

; Of the folder on the stack. Stops when a file is in use: half a program is worse than none.
Function RemoveListedFiles
  Pop $R0
  ClearErrors
  FileOpen $0 "$R0\${FILE_LIST}" r
  ${If} ${Errors}
    Return
  ${EndIf}
  ${Do}
    ClearErrors
    FileReadUTF16LE $0 $1
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} "$1" $1
    Push $1
    Call StaysInside
    Pop $2
    ${If} $2 = 1
      StrCpy $R1 "$R0\$1"
      Call RemoveOne
    ${EndIf}
  ${Loop}
  FileClose $0
FunctionEnd

; $R1: a folder when it ends in \, else a file.
Function RemoveOne
  StrCpy $2 $R1 1 -1
  ${If} $2 == "\"
    RMDir "$R1"
    Return
  ${EndIf}
  Delete "$R1"
  ${If} ${FileExists} "$R1"
    FileClose $0
    !insertmacro Stop "" "$(OldFileInUse)" ${PROGRAM_RUNS}
  ${EndIf}
FunctionEnd

!macro MustNotHold PART
  StrCpy $5 "${PART}"
  System::Call 'shlwapi::StrStrW(w r3, w r5) p .r6'
  ${If} $6 P<> 0
    StrCpy $4 0
  ${EndIf}
!macroend

; Pushes 1 when a name of the list means one thing inside the folder. Setup may run with
; administrator rights and the list lie where others can write, so that it isn't believed blindly.
Function StaysInside
  Pop $3
  StrCpy $4 1
  ${If} $3 == ""
    StrCpy $4 0
  ${EndIf}
  StrCpy $3 "\$3"
  !insertmacro MustNotHold "\\"
  !insertmacro MustNotHold ":"
  !insertmacro MustNotHold "/"
  !insertmacro MustNotHold "*"
  !insertmacro MustNotHold "?"
  StrCpy $3 "$3\"
  !insertmacro MustNotHold "\..\"
  Push $4
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
