; SPDX-License-Identifier: MIT
; The uninstaller, made on its own so that it can be signed before it goes into the installer.
; Further given by -D: LISTS (folder of the generated lists), COPY (a command that copies a file).
!include product.nsh
!insertmacro VersionResource "${PRODUCT} Uninstaller"

Var ForEveryone ; 1 or 0
Var StillThere ; 1 when a file could not be removed
Var Registered ; 1 when Windows' list of programs names this very folder

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RemovalText)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!include texts.nsh
!include uninstaller_texts.nsh
!insertmacro TellFunction "un."
!include same_folder.nsh
!insertmacro SameFolderFunction "un."

Section
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
SectionEnd
!uninstfinalize '${COPY}'

Function un.onInit
  ; NSIS itself knows no small letters.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/S" $1
  ${IfNot} ${Errors}
  ${AndIf} $1 == ""
    SetSilent silent
  ${EndIf}
  StrCpy $ForEveryone 0
  StrCpy $Registered 0
  SetShellVarContext all
  Call un.IsRegistered
  ${If} $Registered = 1
    StrCpy $ForEveryone 1
  ${Else}
    SetShellVarContext current
    Call un.IsRegistered
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $ForEveryone = 1
  ${AndIf} $0 != "Admin"
    Call un.AskForRights
  ${EndIf}
FunctionEnd

Function un.IsRegistered
  ReadRegStr $0 SHCTX "${REGISTRY_KEY}" "InstallLocation"
  ${If} $0 != ""
    Push $0
    Push $INSTDIR
    Call un.SameFolder
    Pop $Registered
  ${EndIf}
FunctionEnd

; Windows' list of programs starts the uninstaller without rights; it then asks for them itself.
Function un.AskForRights
  ${IfNot} ${Silent}
    ClearErrors
    ExecShell "runas" "$INSTDIR\${UNINSTALLER}"
    ${IfNot} ${Errors}
      SetErrorLevel 0
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro Stop "un." "$(RemovalNeedsAdministrator)" ${NEEDS_ADMINISTRATOR}
FunctionEnd

Section "Uninstall"
  Call un.AnotherIsAtWork
  Pop $0
  ${If} $0 = 1
    !insertmacro Stop "un." "$(AnotherIsAtWork)" ${PROGRAM_RUNS}
  ${EndIf}
  Push $INSTDIR
  Call un.ProgramRuns
  Pop $0
  ${If} $0 = 1
    !insertmacro Stop "un." "$(ProgramRuns)" ${PROGRAM_RUNS}
  ${EndIf}
  ; A folder can't go while it is the current one.
  SetOutPath "$TEMP"
  StrCpy $StillThere 0
  !include "${LISTS}/remove_files.nsh"
  ; Then list, uninstaller and entry stay for a second try.
  ${If} $StillThere = 1
    !insertmacro Stop "un." "$(FileInUse)" ${PROGRAM_RUNS}
  ${EndIf}
  !include "${LISTS}/remove_folders.nsh"
  Delete "$INSTDIR\${FILE_LIST}"
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR\runtime"
  RMDir "$INSTDIR"
  ${If} $Registered = 1
    Delete "${SHORTCUT}"
    DeleteRegKey SHCTX "${REGISTRY_KEY}"
  ${EndIf}
SectionEnd
