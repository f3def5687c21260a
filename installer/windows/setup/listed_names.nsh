; SPDX-License-Identifier: MIT
; Which names are believed that others may have written: of an older version's list, of /D=.

; Pushes 1 when the name on the stack holds a character of SET or one that no Windows name has.
!macro HoldsOneOf SET
  Push "${SET}"
  Call HoldsOneOfThese
!macroend

Function HoldsOneOfThese
  Exch $0 ; further characters
  Exch
  Exch $1 ; the name
  Push $2
  Push $3
  StrCpy $0 '$0*?<>|"'
  ${For} $2 1 31
    IntFmt $3 "%c" $2
    StrCpy $0 "$0$3"
  ${Next}
  System::Call 'shlwapi::StrPBrkW(w r1, w r0) p .r2'
  ${If} $2 P= 0
    StrCpy $0 0
  ${Else}
    StrCpy $0 1
  ${EndIf}
  Pop $3
  Pop $2
  Pop $1
  Exch $0
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
  Exch $3
  Push $4
  Push $5
  Push $6
  StrCpy $4 1
  ${If} $3 == ""
    StrCpy $4 0
  ${EndIf}
  Push $3
  !insertmacro HoldsOneOf ":/"
  Pop $5
  ${If} $5 = 1
    StrCpy $4 0
  ${EndIf}
  StrCpy $3 "\$3"
  !insertmacro MustNotHold "\\"
  StrCpy $3 "$3\"
  ; Windows leaves these off: what is looked at must be what is removed. It is also "\..\".
  !insertmacro MustNotHold ".\"
  !insertmacro MustNotHold " \"
  StrCpy $3 $4
  Pop $6
  Pop $5
  Pop $4
  Exch $3
FunctionEnd
