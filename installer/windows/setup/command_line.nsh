; SPDX-License-Identifier: MIT
; The options of the command line.

; Sets $ForEveryone and $GivenFolder. Who misspells /S would wait for a window that nobody sees, and NSIS itself knows
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
      !insertmacro Stop "" "$(UnknownOption)" ${WRONG_COMMAND_LINE}
    ${EndIf}
  ${LoopUntil} $R0 == ""
  Call ReadFolder
FunctionEnd

; The folder that the command line names. NSIS' own reading of /D= falls back to the default without
; a word when the drive is missing, the path is relative, or quotes stand around it, as PowerShell
; and many management tools put them, and leaves out what it doesn't like. Who names a folder shall
; get it or hear why not.

; Sets $GivenFolder; ends when what follows /D= can't be one.
Function ReadFolder
  StrCpy $GivenFolder ""
  ; NSIS cuts /D= out of its own copy of the command line.
  System::Call 'kernel32::GetCommandLineW() w .r0'
  Push " $\"/D=" ; "/D=C:\a folder"
  Call TextAfter
  ${If} $2 = 0
    Push " /D=" ; /D=C:\a folder or /D="C:\a folder"
    Call TextAfter
  ${EndIf}
  ${If} $2 = 0
    Return
  ${EndIf}
  ; Tools that pass quotation marks on put a backslash before each: "/D=\"C:\a folder\"".
  StrCpy $2 $1 2
  ${If} $2 == "\$\""
    StrCpy $1 $1 "" 1
  ${EndIf}
  StrCpy $2 $1 1
  ${If} $2 == "$\""
    StrCpy $1 $1 "" 1
  ${EndIf}
  Call SplitAtQuotationMark
  Call IsOneFolder
  ${If} $2 = 0
    StrCpy $R1 "$1$0"
    Call AnswerOnTheConsole
    !insertmacro Stop "" "$(WrongFolderOption)" ${WRONG_COMMAND_LINE}
  ${EndIf}
  ; The closing mark's backslash goes with $INSTDIR, which takes none at its end.
  StrCpy $GivenFolder $1
FunctionEnd

; Sets $2 to 1 when the text on the stack is in $0, and $1 to what follows it there.
Function TextAfter
  Exch $3
  Push $4
  Push $5
  StrCpy $2 0
  StrLen $4 $3
  StrCpy $5 0
  ${Do}
    StrCpy $1 $0 $4 $5
    ${If} $1 == $3
      IntOp $5 $5 + $4
      StrCpy $1 $0 "" $5
      StrCpy $2 1
      ${ExitDo}
    ${EndIf}
    IntOp $5 $5 + 1
  ${LoopUntil} $1 == ""
  Pop $5
  Pop $4
  Pop $3
FunctionEnd

; Leaves in $1 what stands before the closing quotation mark, and puts into $0 what stands behind it.
Function SplitAtQuotationMark
  StrCpy $0 ""
  StrCpy $3 0
  ${Do}
    StrCpy $2 $1 1 $3
    ${If} $2 == "$\""
      StrCpy $0 $1 "" $3
      StrCpy $1 $1 $3
    ${EndIf}
    IntOp $3 $3 + 1
  ${LoopUntil} $2 == ""
FunctionEnd

; Sets $2 to 1 when $1 can be a folder and in $0 nothing but the end of the quotation follows, else 0.
Function IsOneFolder
  Push $1
  !insertmacro HoldsOneOf "/"
  Pop $2
  StrCpy $3 $1 "" 2 ; without the drive's colon
  Push $3
  !insertmacro HoldsOneOf ":"
  Pop $3
  StrCpy $4 "\ $\""
  System::Call 'shlwapi::StrSpnW(w r0, w r4) i .r4'
  StrLen $5 $0
  System::Call 'shlwapi::StrSpnW(w r1, w " ") i .r6'
  StrLen $7 $1
  ${If} $2 = 0
  ${AndIf} $3 = 0
  ${AndIf} $4 = $5
  ${AndIf} $6 < $7
    StrCpy $2 1
  ${Else}
    StrCpy $2 0
  ${EndIf}
FunctionEnd
