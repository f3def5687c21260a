; SPDX-License-Identifier: MIT
; How setup and uninstaller read a command line and where they answer it.

!macro WordFunctions UN
; Takes the first word off $R0, without quotation marks, into $R1.
Function ${UN}NextWord
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
Function ${UN}AnswerOnTheConsole
  System::Call 'kernel32::GetStdHandle(i -11) p .r0'
  System::Call 'kernel32::GetFileType(p r0) i .r0'
  ${If} $0 = 0
    System::Call 'kernel32::AttachConsole(i -1) i .r0'
  ${EndIf}
  ${If} $0 <> 0
    SetSilent silent
  ${EndIf}
FunctionEnd
!macroend
