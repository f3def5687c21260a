; SPDX-License-Identifier: MIT
; The folder that the command line names. NSIS' own reading of /D= falls back to the default without
; a word when the drive is missing, the path is relative, or quotes stand around it, as PowerShell
; and many management tools put them. Who names a folder shall get it or hear why not.

; $1: what follows TEXT in $0, or nothing.
!macro After TEXT
  Push "${TEXT}"
  Call TextAfter
!macroend

; Pushes the folder, or nothing.
Function GivenFolder
  ; NSIS cuts /D= out of its own copy of the command line.
  System::Call 'kernel32::GetCommandLineW() w .r0'
  !insertmacro After " /D=$\"" ; /D="C:\a folder"
  ${If} $1 == ""
    !insertmacro After " $\"/D=" ; "/D=C:\a folder"
  ${EndIf}
  ${If} $1 != ""
    ${WordFind} "$1" "$\"" "+1" $1
  ${Else}
    !insertmacro After " /D=" ; /D=C:\a folder
  ${EndIf}
  Push $1
FunctionEnd

Function TextAfter
  Pop $2
  StrLen $3 $2
  StrCpy $4 0
  ${Do}
    StrCpy $1 $0 $3 $4
    ${If} $1 == $2
      IntOp $4 $4 + $3
      StrCpy $1 $0 "" $4
      ${ExitDo}
    ${EndIf}
    IntOp $4 $4 + 1
  ${LoopUntil} $1 == ""
FunctionEnd
