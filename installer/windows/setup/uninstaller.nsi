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
!include words.nsh
!insertmacro WordFunctions "un."
!include removable.nsh
!define NOTE_LINK un.NoteLink
!insertmacro RemovableFunctions "un."

Section
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
SectionEnd
!uninstfinalize '${COPY}'

Function un.ReadOptions
  ${GetParameters} $R0
  ${Do}
    Call un.NextWord
    StrCpy $0 $R1 3
    ${If} $0 == "_?=" ; NSIS' own: the folder, without a copy of the uninstaller
      ${ExitDo}
    ${ElseIf} $R1 == "/S"
      SetSilent silent
    ${ElseIf} $R1 == "/?"
      Call un.AnswerOnTheConsole
      !insertmacro Stop "un." "$(RemovalOptions)" 0
    ${ElseIf} $R1 != ""
    ${AndIf} $R1 != "/NCRC"
      Call un.AnswerOnTheConsole
      !insertmacro Stop "un." "$(UnknownRemovalOption)" ${WRONG_COMMAND_LINE}
    ${EndIf}
  ${LoopUntil} $R0 == ""
FunctionEnd

Function un.onInit
  Call un.ReadOptions
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
  Call un.AskWhyAProgramStays
  ${If} $WhyItStays == "held"
    !insertmacro Stop "un." "$(ProgramRuns)" ${PROGRAM_RUNS}
  ${ElseIf} $WhyItStays == "closed"
    !insertmacro Stop "un." "$(RemovalNotAllowed)" ${FOLDER_UNUSABLE}
  ${EndIf}
  StrCpy $Link ""
  !include "${LISTS}/look_for_links.nsh"
  ${If} $Link != ""
    !insertmacro Stop "un." "$(RemovalBehindLink)" ${FOLDER_UNUSABLE}
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
