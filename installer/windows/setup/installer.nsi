; SPDX-License-Identifier: MIT
; The installer; its options are told by /?. Further given by -D: LISTS (folder of the generated lists), NEEDED_MB, SIZE_KB.
!include product.nsh
!insertmacro VersionResource "${PRODUCT} Setup"

!define OWN_FOLDER "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDir "${OWN_FOLDER}"
ShowInstDetails hide

Var ForEveryone ; 1 or 0
Var GivenFolder ; by the command line, else empty
Var DefaultFolder
Var FormerFolder ; of the installation that this one replaces, else empty
Var FreeMB
Var Trouble ; why it can't go on, empty when it can
Var TroubleCode
Var Note ; what else is worth knowing at the end, else empty

!define MUI_PAGE_CUSTOMFUNCTION_LEAVE StayOnTrouble
!define MUI_DIRECTORYPAGE_TEXT_TOP "$Introduction"
Var Introduction
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE_PICTURE}"
!define MUI_FINISHPAGE_TITLE "$(FinishedTitle)"
!define MUI_FINISHPAGE_TEXT "$(Finished)$Note"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(StartNow)"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!include texts.nsh
!include installer_texts.nsh
!insertmacro TellFunction ""
!include same_folder.nsh
!insertmacro SameFolderFunction ""
!include words.nsh
!insertmacro WordFunctions ""
!include removable.nsh
!define NOTE_LINK NoteLink
!insertmacro RemovableFunctions ""
!include listed_names.nsh
!include command_line.nsh
!include folder.nsh
!include older_version.nsh

Function .onInit
  Call ReadOptions
  ${IfNot} ${AtLeastWin10}
    !insertmacro Stop "" "$(WindowsTooOld)" ${WINDOWS_TOO_OLD}
  ${EndIf}
  Call ChooseForWhom
  Call ChooseFolder
  Call TellSize
FunctionEnd

; For everyone on request, and when the account has no start menu that anybody sees: remote
; management runs setup as the system, whose "own programs" lie below the Windows folder.
Function ChooseForWhom
  StrLen $0 "$WINDIR\"
  StrCpy $1 "$LOCALAPPDATA\" $0
  ${If} $1 == "$WINDIR\"
    StrCpy $ForEveryone 1
  ${EndIf}
  StrCpy $Introduction "$(FolderText)"
  StrCpy $DefaultFolder "${OWN_FOLDER}"
  SetShellVarContext current
  ${If} $ForEveryone = 0
    Return
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    !insertmacro Stop "" "$(NeedsAdministrator)" ${NEEDS_ADMINISTRATOR}
  ${EndIf}
  SetShellVarContext all
  StrCpy $Introduction "$(FolderTextAll)"
  StrCpy $DefaultFolder "$PROGRAMFILES64\${PRODUCT}"
FunctionEnd

; The folder given by /D=, else the one of the older version, else the default.
Function ChooseFolder
  ReadRegStr $FormerFolder SHCTX "${REGISTRY_KEY}" "InstallLocation"
  StrCpy $0 $GivenFolder
  ${If} $0 != ""
    StrCpy $1 $0 1 1
    ${If} $1 == ":" ; as Windows itself writes it: without \.\, \..\ and doubled backslashes
      System::Call 'kernel32::GetFullPathNameW(w r0, i ${NSIS_MAX_STRLEN}, w .r2, p 0) i .r1'
      ${If} $1 <> 0
      ${AndIf} $1 < ${NSIS_MAX_STRLEN}
        StrCpy $0 $2
      ${EndIf}
    ${EndIf}
    StrCpy $INSTDIR $0
  ${Else}
    StrCpy $INSTDIR $DefaultFolder
    ${If} $FormerFolder != ""
      StrCpy $INSTDIR $FormerFolder
    ${EndIf}
  ${EndIf}
FunctionEnd

Function StayOnTrouble
  Call LookForTrouble
  ${If} $Trouble != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$Trouble"
    Abort
  ${EndIf}
FunctionEnd

; Copying ended halfway; NSIS' exit code is 2.
Function .onInstFailed
  Call AskFreeSpace
  ${If} $FreeMB == ""
    StrCpy $FreeMB 0
  ${EndIf}
  Push "$(CopyingFailed)"
  Call Tell
FunctionEnd

Function StartProgram
  ${If} $ForEveryone = 1
    ; Through the desktop's own process, so that it doesn't inherit setup's administrator rights.
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW_PROGRAM}"'
  ${Else}
    Exec '"$INSTDIR\${WINDOW_PROGRAM}"'
  ${EndIf}
FunctionEnd

Section "" PROGRAM
  Call AnotherIsAtWork
  Pop $0
  ${If} $0 = 1
    !insertmacro Stop "" "$(AnotherIsAtWork)" ${PROGRAM_RUNS}
  ${EndIf}
  Call LookForTrouble
  ${If} $Trouble == ""
    Call PrepareFolder
  ${EndIf}
  ${If} $Trouble != ""
    !insertmacro Stop "" "$Trouble" $TroubleCode
  ${EndIf}
  Push $INSTDIR
  Call RemoveListedFiles
  ; First what makes the folder known as ours and removable, should the rest fail.
  SetOutPath "$INSTDIR\runtime"
  File "/oname=$INSTDIR\${FILE_LIST}" "${LISTS}/installed-files.txt"
  File "/oname=$INSTDIR\${UNINSTALLER}" "${LISTS}/uninstall.exe"
  Call Register
  !include "${LISTS}/install.nsh"
  SetOutPath "$INSTDIR"
  CreateShortcut "${SHORTCUT}" "$INSTDIR\${WINDOW_PROGRAM}"
  Call LeaveFormerFolder
  Call LookForTheOther
SectionEnd

; The folder page shall ask for the same space as the sentence does.
Function TellSize
  IntOp $0 ${NEEDED_MB} * 1024
  SectionSetSize ${PROGRAM} $0
FunctionEnd

; One installation for everyone and one of this account can stand side by side: told, not forbidden.
Function LookForTheOther
  ${If} $ForEveryone = 1
    ReadRegStr $R1 HKCU "${REGISTRY_KEY}" "InstallLocation"
    StrCpy $0 "$(AlsoForYou)"
  ${Else}
    ReadRegStr $R1 HKLM "${REGISTRY_KEY}" "InstallLocation"
    StrCpy $0 "$(AlsoForEveryone)"
  ${EndIf}
  ${If} $R1 == ""
  ${OrIfNot} ${FileExists} "$R1\${UNINSTALLER}"
    Return
  ${EndIf}
  StrCpy $Note "$\r$\n$\r$\n$0"
  ${If} ${Silent}
    Push $0
    Call Tell
  ${EndIf}
FunctionEnd

Function Register
  WriteRegStr SHCTX "${REGISTRY_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "Comments" "${COMMENT}"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_PROGRAM},0"
  WriteRegStr SHCTX "${REGISTRY_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr SHCTX "${REGISTRY_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD SHCTX "${REGISTRY_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${REGISTRY_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${REGISTRY_KEY}" "NoRepair" 1
FunctionEnd
