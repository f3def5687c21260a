; SPDX-License-Identifier: MIT
; Whether a file could be removed, asked without removing it, and which folders are links.

!define READ_ONLY 0x1
!define REPARSE_POINT 0x400
!define NOT_THERE -1
!define DELETE_AND_WRITE 0x10002 ; a program that runs can't be opened for writing
!define SHARE_ALL 7
!define OPEN_EXISTING 3
!define OPEN_LINK_ITSELF 0x00200000
!define SHARING_VIOLATION 32
!define LOCK_VIOLATION 33
!define USER_MAPPED_FILE 1224

Var WhyItStays ; of $R1: nothing when it can be removed or isn't there, "held" when somebody has it open
  ; or runs it, "closed" when this account or the medium doesn't allow it
Var Link ; a folder inside the program's folder that leads elsewhere, else empty

!macro RemovableFunctions UN
; $R1: a file. Sets $WhyItStays.
Function ${UN}AskWhyItStays
  Push $0
  Push $1
  Push $2
  StrCpy $WhyItStays ""
  System::Call 'kernel32::GetFileAttributesW(w R1) i .r0'
  ${If} $0 <> ${NOT_THERE}
    IntOp $1 $0 & ${READ_ONLY} ; no hindrance: the removal takes it off too
    ${If} $1 <> 0
      SetFileAttributes "$R1" NORMAL
    ${EndIf}
    System::Call 'kernel32::CreateFileW(w R1, i ${DELETE_AND_WRITE}, i ${SHARE_ALL}, p 0, i ${OPEN_EXISTING}, i ${OPEN_LINK_ITSELF}, p 0) p .r2 ?e'
    Exch $3
    ${If} $2 P<> -1
      System::Call 'kernel32::CloseHandle(p r2)'
    ${ElseIf} $3 = ${SHARING_VIOLATION}
    ${OrIf} $3 = ${LOCK_VIOLATION}
    ${OrIf} $3 = ${USER_MAPPED_FILE}
      StrCpy $WhyItStays "held"
    ${Else}
      StrCpy $WhyItStays "closed"
    ${EndIf}
    Pop $3
    ${If} $1 <> 0
      System::Call 'kernel32::SetFileAttributesW(w R1, i r0)'
    ${EndIf}
  ${EndIf}
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Takes a folder. Sets $WhyItStays and $R1 by the first of its two programs that can't be removed.
Function ${UN}AskWhyAProgramStays
  Exch $0
  StrCpy $R1 "$0\${WINDOW_PROGRAM}"
  Call ${UN}AskWhyItStays
  ${If} $WhyItStays == ""
    StrCpy $R1 "$0\${CONSOLE_PROGRAM}"
    Call ${UN}AskWhyItStays
  ${EndIf}
  Pop $0
FunctionEnd

; $R1: a folder of the program. Sets $Link to the first that leads elsewhere: who can write there
; could otherwise have setup write and remove in other people's folders.
Function ${UN}NoteLink
  Push $0
  System::Call 'kernel32::GetFileAttributesW(w R1) i .r0'
  ${If} $0 <> ${NOT_THERE}
  ${AndIf} $Link == ""
    IntOp $0 $0 & ${REPARSE_POINT}
    ${If} $0 <> 0
      StrCpy $Link $R1
    ${EndIf}
  ${EndIf}
  Pop $0
FunctionEnd
!macroend
