; SPDX-License-Identifier: MIT
; What the uninstaller says, in English and German.

!insertmacro Text RemovalText \
  "Removes ${PRODUCT}, its start menu entry, and nothing else. Receipts and backups of changes stay in %LOCALAPPDATA%\m365-backup-wizard; delete that folder when you no longer need them." \
  "Entfernt ${PRODUCT} und seinen Eintrag im Startmenü, sonst nichts. Belege und Sicherungen von Änderungen bleiben in %LOCALAPPDATA%\m365-backup-wizard; löschen Sie diesen Ordner, wenn Sie sie nicht mehr brauchen."

!insertmacro Text RemovalNeedsAdministrator \
  "${PRODUCT} was installed for everyone. To remove it, start ${UNINSTALLER} from a prompt that was opened with 'Run as administrator'. Nothing was changed." \
  "${PRODUCT} wurde für alle installiert. Um es zu entfernen, starten Sie ${UNINSTALLER} aus einer Eingabeaufforderung, die mit 'Als Administrator ausführen' geöffnet wurde. Es wurde nichts geändert."

!insertmacro Text FileInUse \
  "Some files in $INSTDIR are in use by another program and could not be removed. Close it, perhaps after signing out and in again, then uninstall once more." \
  "Einige Dateien in $INSTDIR werden von einem anderen Programm benutzt und konnten nicht entfernt werden. Schließen Sie es, vielleicht nach dem Ab- und Anmelden, und deinstallieren Sie dann noch einmal."
