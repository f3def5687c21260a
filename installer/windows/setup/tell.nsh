; SPDX-License-Identifier: MIT
; How setup says why it stops: in a box, or, when it was started with /S, on the console or the
; pipe of whoever started it.

; Ends with a sentence and an exit code.
!macro Stop UN SENTENCE CODE
  Push "${SENTENCE}"
  Call ${UN}Tell
  SetErrorLevel ${CODE}
  Quit
!macroend

!macro TellFunction UN
Function ${UN}Tell
  Exch $0
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$0"
    Pop $0
    Return
  ${EndIf}
  Push $1
  Push $2
  StrCpy $0 "$0$\r$\n"
  System::Call 'kernel32::GetStdHandle(i -11) p .r1'
  System::Call 'kernel32::GetFileType(p r1) i .r2'
  ${If} $2 <> 0
    ; A pipe or a file: the text goes there as bytes.
    FileWrite $1 "$0"
  ${Else}
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::CreateFileW(w "CONOUT$$", i 0xC0000000, i 3, p 0, i 3, i 0, p 0) p .r1'
    StrLen $2 "$0"
    System::Call 'kernel32::WriteConsoleW(p r1, w r0, i r2, *i, p 0)'
    System::Call 'kernel32::CloseHandle(p r1)'
  ${EndIf}
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
!macroend
