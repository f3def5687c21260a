; SPDX-License-Identifier: MIT
; The options of the command line.

; Sets $ForEveryone. Who misspells /S would wait for a window that nobody sees, and NSIS itself knows
; no small letters: unknown words are refused.
Function ReadOptions
  StrCpy $ForEveryone 0
  ${GetParameters} $R0
  ${Do}
    Call NextWord
    StrCpy $0 $R1 3
    ${If} $0 == "/D="
      ${ExitDo} ; the last option: the rest is its folder
    ${ElseIf} $R1 == "/S"
      SetSilent silent
    ${ElseIf} $R1 == "/ALLUSERS"
      StrCpy $ForEveryone 1
    ${ElseIf} $R1 == "/?"
      Call AnswerOnTheConsole
      !insertmacro Stop "" "$(Options)" 0
    ${ElseIf} $R1 != ""
    ${AndIf} $R1 != "/NCRC" ; NSIS' own
      Call AnswerOnTheConsole
      !insertmacro Stop "" "$(UnknownOption)" ${UNKNOWN_OPTION}
    ${EndIf}
  ${LoopUntil} $R0 == ""
FunctionEnd

; Takes the first word off $R0, without quotation marks, into $R1.
Function NextWord
  StrCpy $R1 ""
  ${Do}
    StrCpy $0 $R0 1
    StrCpy $R0 $R0 "" 1
    ${If} $0 == ""
    ${OrIf} $0 == " "
      ${ExitDo}
    ${ElseIf} $0 != "$\""
      StrCpy $R1 "$R1$0"
    ${EndIf}
  ${Loop}
FunctionEnd

; Who typed options reads the answer where they were typed; without console or pipe it is a box.
Function AnswerOnTheConsole
  System::Call 'kernel32::GetStdHandle(i -11) p .r0'
  System::Call 'kernel32::GetFileType(p r0) i .r0'
  ${If} $0 = 0
    System::Call 'kernel32::AttachConsole(i -1) i .r0'
  ${EndIf}
  ${If} $0 <> 0
    SetSilent silent
  ${EndIf}
FunctionEnd

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
  !insertmacro After " $\"/D=" ; "/D=C:\a folder"
  ${If} $1 == ""
    !insertmacro After " /D=" ; /D=C:\a folder or /D="C:\a folder"
  ${EndIf}
  ; Tools that pass quotation marks on put a backslash before each: "/D=\"C:\a folder\"".
  StrCpy $2 $1 2
  ${If} $2 == "\$\""
    StrCpy $1 $1 "" 1
  ${EndIf}
  ${WordFind} "$1" "$\"" "+1" $1
  ; The closing one's backslash; $INSTDIR takes none at its end anyway.
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
