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

!insertmacro Text RemovalNotAllowed \
  "$R1 can't be removed: Windows doesn't let this account change it. Check your rights there and the drive, then uninstall once more. Nothing was changed." \
  "$R1 lässt sich nicht entfernen: Windows erlaubt diesem Konto die Änderung nicht. Prüfen Sie Ihre Rechte dort und das Laufwerk, und deinstallieren Sie dann noch einmal. Es wurde nichts geändert."

!insertmacro Text RemovalBehindLink \
  "$Link is a link that leads to another folder. The uninstaller removes nothing behind such a link, because other files may lie there. Remove the link, then uninstall once more. Nothing was changed." \
  "$Link ist eine Verknüpfung in einen anderen Ordner. Dahinter löscht die Deinstallation nichts, weil dort andere Dateien liegen können. Entfernen Sie die Verknüpfung, und deinstallieren Sie dann noch einmal. Es wurde nichts geändert."

!insertmacro Text RemovalOptions \
  "Options of the uninstaller:$\r$\n/S  no window; what goes wrong is said on the console" \
  "Optionen der Deinstallation:$\r$\n/S  ohne Fenster; was nicht geht, steht in der Konsole"

!insertmacro Text UnknownRemovalOption \
  "The uninstaller doesn't know the option $R1. Nothing was changed.$\r$\n$\r$\n$(RemovalOptions)" \
  "Die Deinstallation kennt die Option $R1 nicht. Es wurde nichts geändert.$\r$\n$\r$\n$(RemovalOptions)"
